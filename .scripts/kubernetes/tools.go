// SPDX-License-Identifier: Apache-2.0

//go:build tools

// Package tools names what the tests build: a real Kubernetes API server, its
// controllers and its database.
package tools

import (
	_ "go.etcd.io/etcd/server/v3/etcdmain"
	_ "k8s.io/kubernetes/cmd/kube-apiserver/app"
	_ "k8s.io/kubernetes/cmd/kube-controller-manager/app"
)
