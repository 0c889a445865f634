package io.sidestream.schemas.avro;

import io.sidestream.schemas.ItemId;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.jspecify.annotations.Nullable;

/** Domain values in the forms that Avro writes. */
final class AvroValues {
  private AvroValues() {}

  static @Nullable Object optional(Optional<?> value) {
    return value.map(Object::toString).orElse(null);
  }

  static Long millis(Instant instant) {
    return instant.toEpochMilli();
  }

  static @Nullable Object optionalMillis(Optional<Instant> instant) {
    return instant.map(Instant::toEpochMilli).orElse(null);
  }

  static List<String> items(List<ItemId> items) {
    return items.stream().map(ItemId::value).toList();
  }

  /** Sorted, so that equal sets give equal bytes. */
  static List<String> sortedItems(Collection<ItemId> items) {
    return items.stream().map(ItemId::value).sorted().toList();
  }

  static List<Integer> integers(int[] values) {
    return Arrays.stream(values).boxed().toList();
  }

  static Object symbol(Schema record, String field, Enum<?> value) {
    return new GenericData.EnumSymbol(record.getField(field).schema(), value.name());
  }

  /** The schema of the records that an array field holds. */
  static Schema elementOf(Schema record, String field) {
    return record.getField(field).schema().getElementType();
  }

  /** The schema of one case of a union field, by its type's name without the namespace. */
  static Schema caseOf(Schema record, String field, String name) {
    return record.getField(field).schema().getTypes().stream()
        .filter(type -> type.getName().equals(name))
        .findFirst()
        .orElseThrow();
  }
}
