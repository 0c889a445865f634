package io.sidestream.experiments;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sidestream.schemas.Item;
import io.sidestream.schemas.ItemId;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FirstAttributeTest {
  @Test
  void groups_areTheCommonestValuesThenAllOthers() {
    List<Item> items =
        List.of(
            item("1", "war"), item("2", "drama"), item("3", "drama"), item("4"), item("5", "x"));
    Map<String, List<Integer>> groups = FirstAttribute.groups(items, 2, "others");
    assertEquals(List.of("drama", "war", "others"), List.copyOf(groups.keySet()));
    assertEquals(List.of(1, 2), groups.get("drama"));
    assertEquals(List.of(0), groups.get("war"));
    assertEquals(List.of(3, 4), groups.get("others"));
  }

  @Test
  void groups_ofSeveralValues_goByTheFirst() {
    Item two = item("1", "war", "drama");
    assertEquals(List.of(0), FirstAttribute.groups(List.of(two), 1, "others").get("war"));
  }

  private static Item item(String id, String... genres) {
    Map<String, List<String>> attributes =
        genres.length == 0 ? Map.of() : Map.of("genre", List.of(genres));
    return new Item(new ItemId(id), "title " + id, Map.of(), attributes);
  }
}
