package io.sidestream.schemas.avro;

import static io.sidestream.schemas.Checks.check;

import io.sidestream.schemas.EventTime;
import io.sidestream.schemas.ItemId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.avro.generic.GenericRecord;

/** Reads the fields of one Avro record by name, as Java's own types. */
record AvroFields(GenericRecord avro) {
  String string(String name) {
    return avro.get(name).toString();
  }

  int integer(String name) {
    return (Integer) avro.get(name);
  }

  long number(String name) {
    return (Long) avro.get(name);
  }

  double real(String name) {
    return (Double) avro.get(name);
  }

  boolean bool(String name) {
    return (Boolean) avro.get(name);
  }

  /**
   * A time in milliseconds. One in seconds would lie in the first months of 1970, and is refused.
   */
  Instant instant(String name) {
    return instant(name, number(name));
  }

  ItemId item(String name) {
    return new ItemId(string(name));
  }

  <E extends Enum<E>> E symbol(String name, Class<E> type) {
    return Enum.valueOf(type, string(name));
  }

  <T> Optional<T> optional(String name, Function<Object, T> reader) {
    return Optional.ofNullable(avro.get(name)).map(reader);
  }

  Optional<Instant> optionalInstant(String name) {
    return optional(name, millis -> instant(name, (Long) millis));
  }

  private static Instant instant(String name, long millis) {
    check(
        !EventTime.looksLikeSeconds(millis),
        "%s is %d, which looks like seconds since 1970, expected milliseconds",
        name,
        millis);
    check(
        !EventTime.looksLikeMicros(millis),
        "%s is %d, which looks like microseconds or nanoseconds since 1970, expected milliseconds",
        name,
        millis);
    return Instant.ofEpochMilli(millis);
  }

  <T> List<T> list(String name, Function<Object, T> reader) {
    List<?> elements = (List<?>) avro.get(name);
    List<T> values = new ArrayList<>(elements.size());
    for (Object element : elements) {
      values.add(reader.apply(element));
    }
    return values;
  }

  List<AvroFields> records(String name) {
    return list(name, element -> new AvroFields((GenericRecord) element));
  }

  List<ItemId> items(String name) {
    return list(name, id -> new ItemId(id.toString()));
  }

  Set<ItemId> itemSet(String name) {
    return items(name).stream().collect(Collectors.toUnmodifiableSet());
  }

  int[] integers(String name) {
    return list(name, Integer.class::cast).stream().mapToInt(Integer::intValue).toArray();
  }

  /** The record inside a field, whichever case of a union it is. */
  AvroFields record(String name) {
    return new AvroFields((GenericRecord) avro.get(name));
  }

  /** The name of the record's type, without its namespace. */
  String typeName() {
    return avro.getSchema().getName();
  }
}
