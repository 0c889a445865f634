package io.sidestream.schemas.avro;

import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;

/**
 * Avro's data model with bounded initial capacity: the declared length of an array or map allocates
 * no memory before its elements are read.
 */
final class UnsizedData extends GenericData {
  private static final int FIRST_CAPACITY = 512;

  @Override
  public Object newArray(Object old, int size, Schema schema) {
    return super.newArray(old, Math.min(size, FIRST_CAPACITY), schema);
  }

  @Override
  public Object newMap(Object old, int size) {
    return super.newMap(old, Math.min(size, FIRST_CAPACITY));
  }
}
