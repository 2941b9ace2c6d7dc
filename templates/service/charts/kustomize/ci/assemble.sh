# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=sh
# Puts the kustomization together as it is packaged: out of the commit, not out of the files
# lying around, with its version and the image of image.yaml.

# Prints the Git tree of the assembled kustomization.
assemble() {
  mkdir -p build
  # an index of its own; absolute, because Git takes it relative to the repository
  GIT_INDEX_FILE=$(pwd)/build/assemble.index
  export GIT_INDEX_FILE
  rm -f "$GIT_INDEX_FILE"
  git ls-tree -r HEAD -- Chart.yaml image.yaml base components overlays README.md |
    git update-index --index-info
  {
    git show HEAD:Chart.yaml | sed -e "s/^version:.*/version: $(chart_version)/" -e '/^appVersion:/d'
    printf '\nappVersion: "%s"\n' "$(image_value tag)"
  } > build/Chart.yaml
  add_file build/Chart.yaml Chart.yaml
  fill_in_image
  add_file build/release.yaml release/kustomization.yaml
  git write-tree
  unset GIT_INDEX_FILE
}

add_file() {
  added=$(git hash-object -w --stdin < "$1") || die "$1 is missing"
  git update-index --add --cacheinfo "100644,$added,$2"
}

# Writes an assembled kustomization into build/chart, to look at.
write_chart() {
  rm -rf build/chart
  GIT_INDEX_FILE=$(pwd)/build/assemble.index
  export GIT_INDEX_FILE
  git read-tree "$1"
  git checkout-index --all --prefix=build/chart/
  unset GIT_INDEX_FILE
}

# Writes build/release.yaml: the image of image.yaml, which check_image has looked at.
fill_in_image() {
  cat > build/release.yaml <<RELEASE
# Written when the kustomization was packaged, out of image.yaml.
apiVersion: kustomize.config.k8s.io/v1alpha1
kind: Component
images:
  - name: service
    newName: "$(image_value name)"
    digest: "$(image_value digest)"
labels:
  - includeTemplates: true
    pairs:
      app.kubernetes.io/version: "$(image_value tag)"
patches:
  - patch: |
      apiVersion: apps/v1
      kind: Deployment
      metadata:
        name: "$(chart_name)"
      spec:
        template:
          spec:
            containers:
              - name: "$(chart_name)"
                env:
                  - name: VERSION
                    value: "$(image_value tag)"
RELEASE
}
