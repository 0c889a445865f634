/** Spans of requests, exported by OTLP when asked. OpenTelemetry is used here alone. */
package io.sidestream.admin.tracing;
