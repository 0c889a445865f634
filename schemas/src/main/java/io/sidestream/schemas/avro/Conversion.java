package io.sidestream.schemas.avro;

import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecord;

/** Both directions between one Avro record and one domain type. Stateless. */
interface Conversion<T> {
  /** The value as a record of the schema, which is this type's own. */
  GenericRecord toAvro(Schema schema, T value);

  /**
   * The value of a record.
   *
   * @throws IllegalArgumentException when the value breaks a limit of its type
   */
  T toDomain(AvroFields fields);
}
