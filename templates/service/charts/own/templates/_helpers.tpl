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

{{/* The name of the Deployment: blue-green gives every Release one of its own. */}}
{{- define "service.workload" -}}
{{- if eq .Values.strategy "blue-green" -}}
{{ printf "%s-%s" .Chart.Name (.Chart.Version | replace "." "-") }}
{{- else -}}
{{ .Chart.Name }}
{{- end -}}
{{- end }}

{{/* What tells the pods of this Release from those that it replaces; nothing when they are rolled out. */}}
{{- define "service.releaseLabel" -}}
{{- if eq .Values.strategy "blue-green" -}}
delivery/release: {{ .Chart.Version | quote }}
{{- end -}}
{{- end }}

{{/*
Whether a part is to be rendered: include "service.renders" (list . "workload").
A Spinnaker pipeline that is not made for the strategy is refused here, before anything is deployed.
*/}}
{{- define "service.renders" -}}
{{- $root := index . 0 -}}
{{- $part := $root.Values.part -}}
{{- if and (eq $root.Values.strategy "blue-green") (eq $part "") -}}
{{- fail (printf "%s is switched blue-green, but everything is rendered at once: make its Spinnaker pipeline for that (the annotation delivery/strategy of the component, then 'Restore a service'), or set part to all where nobody depends on it" $root.Values.environment) -}}
{{- end -}}
{{- if and (eq $root.Values.strategy "rolling") (has $part (list "workload" "traffic")) -}}
{{- fail (printf "%s is rolled out, but its Spinnaker pipeline switches blue-green: say so in values-%s.yaml, or say %s=rolling-again in the annotation delivery/strategy of the component and use 'Restore a service'" $root.Values.environment $root.Values.environment $root.Values.environment) -}}
{{- end -}}
{{- if has $part (list "" "all" (index . 1)) }}true{{ end -}}
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

{{/* The container's settings: what the platform says of it, and the team's own. */}}
{{- define "service.environment" -}}
- name: SERVICE
  value: {{ .Chart.Name | quote }}
- name: ENVIRONMENT
  value: {{ .Values.environment | quote }}
- name: VERSION
  value: {{ (include "service.image" . | fromYaml).tag | quote }}
- name: PORT
  value: {{ .Values.container.port | quote }}
- name: HEALTH_PATH
  value: {{ .Values.container.healthPath | quote }}
{{- range $name, $value := .Values.env }}
- name: {{ $name }}
  value: {{ $value | quote }}
{{- end }}
{{- end }}

{{/* The name of the port that answers the health checks. */}}
{{- define "service.healthPort" -}}
{{- if eq (int .Values.container.healthPort) (int .Values.container.port) }}http{{ else }}health{{ end }}
{{- end }}

{{/* The least number of containers there will be. */}}
{{- define "service.replicas" -}}
{{- if .Values.autoscaling.enabled }}{{ .Values.autoscaling.min }}{{ else }}{{ .Values.replicas }}{{ end }}
{{- end }}
