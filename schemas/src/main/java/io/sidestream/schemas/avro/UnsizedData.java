package io.sidestream.schemas.avro;

import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;

/**
 * Avro's data model, which does not believe an array's announced length before its elements are
 * there: twenty malformed bytes must not ask for gigabytes.
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
