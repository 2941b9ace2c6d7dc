{{/* Labels of every object. */}}
{{- define "service.labels" -}}
{{ include "service.podLabels" . }}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version | replace "+" "_" }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
{{- end }}

{{/* Labels of the pods: only what changes together with them, so that a change of the chart alone restarts nothing. */}}
{{- define "service.podLabels" -}}
{{ include "service.selectorLabels" . }}
app.kubernetes.io/version: {{ (include "service.image" . | fromYaml).tag | quote }}
backstage.io/kubernetes-id: {{ .Chart.Name }}
{{- end }}

{{- define "service.selectorLabels" -}}
app.kubernetes.io/name: {{ .Chart.Name }}
{{- end }}

{{/* The image that image.yaml names. Values have no say in it, so what runs is what was released. */}}
{{- define "service.image" -}}
{{- $image := .Files.Get "image.yaml" | fromYaml -}}
{{- if not $image.digest -}}
{{- fail "image.yaml names no image; the Jenkins job 'image' of the service writes it" -}}
{{- end -}}
{{- if not (regexMatch "^sha256:[0-9a-f]{64}$" $image.digest) -}}
{{- fail (printf "the digest '%s' in image.yaml is not one" $image.digest) -}}
{{- end -}}
tag: {{ $image.tag | quote }}
reference: {{ printf "%s@%s" $image.name $image.digest | quote }}
{{- end }}
