package io.sidestream.model.bundle;

import static io.sidestream.schemas.Checks.checkEqual;

import io.sidestream.model.generator.GeneratorVocabulary;
import io.sidestream.model.generator.SequenceTables;
import io.sidestream.model.vectors.Towers;
import io.sidestream.schemas.ItemId;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The weights of a generation that a later training can begin with. Arrays are not copied: they are
 * as large as the catalogue.
 *
 * @param encoderSha256 hash of the text encoder below the towers
 * @param tokenizerSha256 hash of its tokenizer
 * @param items by row, ascending
 * @param collaborative the items' inputs to the towers beside their texts, shape [row][C]
 * @param vocabulary of the generator
 * @param tables of a sequence generator, by the same rows
 * @param generator its other weights, by name
 */
public record GenerationWeights(
    Manifest.Shapes shapes,
    String encoderSha256,
    String tokenizerSha256,
    Towers towers,
    List<ItemId> items,
    float[][] collaborative,
    GeneratorVocabulary vocabulary,
    SequenceTables tables,
    Map<String, Tensor> generator) {
  public GenerationWeights {
    items = List.copyOf(items);
    generator = Collections.unmodifiableMap(new TreeMap<>(generator));
    checkEqual(collaborative.length, items.size(), "vectors of %d items");
    checkEqual(tables.items(), items.size(), "generator has learned %d items");
  }

  /** Each item's row, -1 for one that is not here. */
  public int[] rows(List<ItemId> others) {
    return others.stream()
        .mapToInt(item -> Math.max(-1, Collections.binarySearch(items, item)))
        .toArray();
  }
}
