package io.sidestream.model.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.sidestream.schemas.Item;
import io.sidestream.schemas.ItemId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ItemTextTemplateTest {
  @Test
  void render_allFields_givesTitleThenAttributesThenTexts() {
    Map<String, List<String>> attributes = new LinkedHashMap<>();
    attributes.put("year", List.of("2010"));
    attributes.put("genre", List.of("Thriller", "Drama"));
    Item item =
        new Item(
            new ItemId("1"),
            "Inception",
            Map.of("overview", "A thief enters\n dreams.", "tagline", "Your mind is the scene"),
            attributes);
    assertEquals(
        "Inception. genre: Thriller, Drama. year: 2010. A thief enters dreams. Your mind is the"
            + " scene",
        ItemTextTemplate.V1.render(item));
  }

  @Test
  void render_sameFieldsInAnotherOrder_givesTheSameText() {
    Map<String, String> one = new LinkedHashMap<>();
    one.put("a", "first");
    one.put("b", "second");
    Map<String, String> other = new LinkedHashMap<>();
    other.put("b", "second");
    other.put("a", "first");
    assertEquals(
        ItemTextTemplate.V1.render(new Item(new ItemId("1"), "t", one, Map.of())),
        ItemTextTemplate.V1.render(new Item(new ItemId("1"), "t", other, Map.of())));
  }

  @Test
  void render_blankFields_areLeftOut() {
    Item item =
        new Item(
            new ItemId("1"),
            " Who? ",
            Map.of("overview", "  "),
            Map.of("genre", List.of(" "), "cast", List.of()));
    assertEquals("Who?", ItemTextTemplate.V1.render(item));
  }

  @Test
  void of_ownVersion_isItself() {
    assertEquals(ItemTextTemplate.V1, ItemTextTemplate.of(ItemTextTemplate.V1.version()));
  }

  @Test
  void of_unknownVersion_saysWhatWasExpected() {
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> ItemTextTemplate.of("v9"));
    assertEquals("item text template is \"v9\", expected v1", e.getMessage());
  }
}
