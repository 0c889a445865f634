package io.sidestream.learning.settings;

import java.lang.reflect.RecordComponent;
import java.util.Map;
import java.util.TreeMap;

/** The components of a record and of the records in it, as text by dotted name. */
final class RecordText {
  private RecordText() {}

  static Map<String, String> of(Record value) {
    Map<String, String> texts = new TreeMap<>();
    put(texts, "", value);
    return texts;
  }

  private static void put(Map<String, String> texts, String prefix, Record value) {
    for (RecordComponent component : value.getClass().getRecordComponents()) {
      Object part = read(component, value);
      String name = prefix + component.getName();
      if (part instanceof Record nested) {
        put(texts, name + ".", nested);
      } else {
        texts.put(name, String.valueOf(part));
      }
    }
  }

  private static Object read(RecordComponent component, Record value) {
    try {
      return component.getAccessor().invoke(value);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("cannot read " + component, e);
    }
  }
}
