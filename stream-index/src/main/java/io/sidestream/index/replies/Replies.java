package io.sidestream.index.replies;

import io.sidestream.model.generator.Task;
import io.sidestream.schemas.Arm;
import io.sidestream.schemas.Generation;
import io.sidestream.schemas.Reply;
import io.sidestream.schemas.Topics;
import io.sidestream.schemas.avro.Codecs;
import io.sidestream.schemas.kafka.RecordSize;
import io.sidestream.schemas.kafka.RequestHeaders;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;

/**
 * Addresses replies by the headers of their requests. Immutable.
 *
 * <p>A request may name its reply topic, if that topic is allowed; otherwise the reply goes to the
 * result topic of its task. Correlation id and trace are echoed byte for byte and no other header
 * is: a type header of the request would mislead the reader of the reply. The reply has the format
 * that a header names, which {@link #marked} takes from the request.
 *
 * <p>Headers of more bytes than a request may have are left out: the reply would fit no topic.
 */
public final class Replies {
  /** Most bytes of a reply with its key and headers; the rest is for what is around it. */
  public static final int MAX_BYTES = Topics.MAX_DERIVED_BYTES - 1024;

  private final RequestHeaders names;
  private final Topics topics;
  private final Set<String> allowed;

  /**
   * @param extraTopics allowed reply topics in addition to the result topics
   */
  public Replies(RequestHeaders names, Topics topics, Set<String> extraTopics) {
    this.names = names;
    this.topics = topics;
    Set<String> all = new HashSet<>(extraTopics);
    all.add(topics.searchResults().name());
    all.add(topics.recommendationResults().name());
    this.allowed = Set.copyOf(all);
  }

  /** Allowed reply topics. */
  public Set<String> allowed() {
    return allowed;
  }

  /** A request's headers, with the format that its reply has. */
  public Headers marked(Headers request, byte @Nullable [] value) {
    return names.withReplyFormat(request, value);
  }

  /** Addresses the reply to a request. */
  public OutgoingReply to(Task task, Headers request, Reply reply) {
    RecordHeaders headers = new RecordHeaders();
    long left = Topics.MAX_RECORD_BYTES;
    for (String echoed : List.of(names.correlationId(), names.traceparent())) {
      for (Header header : request.headers(echoed)) {
        left -= RecordSize.of(echoed, header.value());
        if (left >= 0) {
          headers.add(echoed, header.value());
        }
      }
    }
    headers.add(names.status(), utf8(reply.status().name()));
    reply
        .generation()
        .map(Generation::toString)
        .ifPresent(generation -> headers.add(names.generation(), utf8(generation)));
    reply.arm().map(Arm::label).ifPresent(arm -> headers.add(names.arm(), utf8(arm)));
    if (!reply.status().isAnswer()) {
      headers.add(names.error(), utf8(reply.detail()));
    }
    Optional<String> requested = names.replyTopicOf(request);
    boolean redirected = namesForbiddenTopic(request);
    return new OutgoingReply(
        requested.filter(allowed::contains).orElse(resultTopic(task)),
        resultTopic(task),
        redirected ? Optional.empty() : names.replyPartitionOf(request),
        (names.wantsJson(request) ? Codecs.jsonReply() : Codecs.reply()).encode(reply),
        headers);
  }

  /** Whether the request names a reply topic that is not allowed. */
  public boolean namesForbiddenTopic(Headers request) {
    return names.replyTopicOf(request).filter(topic -> !allowed.contains(topic)).isPresent();
  }

  /** Whether the reply to a request goes to a topic that it names, not to its task's. */
  public boolean namesTopic(Task task, Headers request) {
    return names
        .replyTopicOf(request)
        .filter(topic -> allowed.contains(topic) && !topic.equals(resultTopic(task)))
        .isPresent();
  }

  private String resultTopic(Task task) {
    return task == Task.SEARCH
        ? topics.searchResults().name()
        : topics.recommendationResults().name();
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
