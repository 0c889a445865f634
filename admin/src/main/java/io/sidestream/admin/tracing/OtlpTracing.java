package io.sidestream.admin.tracing;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/** Spans by the OpenTelemetry SDK, exported in batches by OTLP over HTTP. */
final class OtlpTracing implements Tracing {
  private static final W3CTraceContextPropagator CONTEXT = W3CTraceContextPropagator.getInstance();

  /** The propagator's own name of the header, whatever records call it. */
  private static final String TRACEPARENT = "traceparent";

  /** What is exported later than this after a stop is lost. */
  private static final long STOP_LIMIT_SECONDS = 5;

  private final SdkTracerProvider provider;
  private final Tracer tracer;
  private final String header;
  private final TextMapGetter<Headers> getter;

  OtlpTracing(String service, URI endpoint, double sampleRatio, String header) {
    this.provider =
        SdkTracerProvider.builder()
            .setResource(
                Resource.getDefault()
                    .merge(
                        Resource.create(
                            Attributes.of(AttributeKey.stringKey("service.name"), service))))
            .setSampler(Sampler.parentBased(Sampler.traceIdRatioBased(sampleRatio)))
            .addSpanProcessor(
                BatchSpanProcessor.builder(
                        OtlpHttpSpanExporter.builder().setEndpoint(endpoint.toString()).build())
                    .build())
            .build();
    this.tracer = provider.get("io.sidestream");
    this.header = header;
    this.getter = new TraceparentGetter(header);
  }

  @Override
  public OpenSpan begin(String name, Headers headers) {
    Span span =
        tracer
            .spanBuilder(name)
            .setSpanKind(SpanKind.CONSUMER)
            .setParent(CONTEXT.extract(Context.root(), headers, getter))
            .startSpan();
    CONTEXT.inject(Context.root().with(span), headers, this::set);
    return new ExportedSpan(span);
  }

  private void set(@Nullable Headers headers, String key, String value) {
    if (headers != null && key.equals(TRACEPARENT)) {
      headers.remove(header);
      headers.add(header, value.getBytes(StandardCharsets.US_ASCII));
    }
  }

  @Override
  public void close() {
    provider.shutdown().join(STOP_LIMIT_SECONDS, TimeUnit.SECONDS);
  }

  /** Reads the one header of a trace. */
  private record TraceparentGetter(String header) implements TextMapGetter<Headers> {
    @Override
    public Iterable<String> keys(Headers headers) {
      return List.of(TRACEPARENT);
    }

    @Override
    public @Nullable String get(@Nullable Headers headers, String key) {
      if (headers == null || !key.equals(TRACEPARENT)) {
        return null;
      }
      Header found = headers.lastHeader(header);
      return found == null || found.value() == null
          ? null
          : new String(found.value(), StandardCharsets.US_ASCII);
    }
  }

  /** An open span. */
  private record ExportedSpan(Span span) implements OpenSpan {
    @Override
    public void attribute(String name, String value) {
      span.setAttribute(name, value);
    }

    @Override
    public void failed(String why) {
      span.setStatus(StatusCode.ERROR, why);
    }

    @Override
    public void close() {
      span.end();
    }
  }
}
