package io.sidestream.experiments.store;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sidestream.model.bundle.Safetensors;
import io.sidestream.model.bundle.Tensor;
import io.sidestream.model.resources.AtomicFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A cache of what runs share, in a folder. An entry appears whole or not at all, so that a run may
 * be interrupted at any time, and several processes may share one folder.
 */
public final class Store {
  /*
   * An entry's file carries its whole key: a file that holds another key than its name says, or
   * that cannot be read, is no entry, and is computed again. Two processes that compute one entry
   * at once get equal ones; the later replaces the earlier.
   */
  private static final Logger log = LoggerFactory.getLogger(Store.class);
  private static final String KEY = "key";
  private static final String VALUE = "value";
  private static final ObjectMapper JSON = JsonMapper.builder().build();

  private final Path folder;
  private final String scope;

  private Store(Path folder, String scope) {
    this.folder = folder;
    this.scope = scope;
  }

  /** A store in a folder, which is made when it is not there. */
  public static Store open(Path folder) throws IOException {
    Files.createDirectories(folder);
    return new Store(folder, "");
  }

  /** The same folder, its entries apart from those of all other scopes. */
  public Store within(String part) {
    return new Store(folder, scope + "\n" + part);
  }

  /** The folder of the entries. */
  public Path folder() {
    return folder;
  }

  /** A folder for what is no entry, apart from those of all other scopes; it may not exist. */
  public Path directory(String name) {
    return folder.resolve(new StoreKey(scope, name).fileName(""));
  }

  /** Tensors by name: those kept, or those computed now. */
  public Map<String, Tensor> tensors(String name, Computation<Map<String, Tensor>> computation)
      throws IOException {
    StoreKey key = new StoreKey(scope, name);
    Path file = folder.resolve(key.fileName(".safetensors"));
    Optional<Map<String, Tensor>> kept = read(file, () -> tensorsOf(file, key));
    if (kept.isPresent()) {
      return kept.get();
    }
    Map<String, Tensor> tensors = computation.run();
    AtomicFiles.write(file, new Safetensors(tensors, Map.of(KEY, key.text()))::write);
    return tensors;
  }

  /** Rows of equal length: those kept, or those computed now. */
  public float[][] rows(String name, Computation<float[][]> computation) throws IOException {
    Map<String, Tensor> tensors =
        tensors(
            name,
            () -> {
              float[][] rows = computation.run();
              return Map.of(VALUE, Tensor.rows(rows, rows.length == 0 ? 0 : rows[0].length));
            });
    return requireNonNull(tensors.get(VALUE)).rows();
  }

  /** A value that Jackson writes and reads: the one kept, or the one computed now. */
  public <T> T value(String name, Class<T> type, Computation<T> computation) throws IOException {
    Optional<T> kept = kept(name, type);
    if (kept.isPresent()) {
      return kept.get();
    }
    T value = computation.run();
    StoreKey key = new StoreKey(scope, name);
    Path file = folder.resolve(key.fileName(".json"));
    ObjectNode entry = JSON.createObjectNode();
    entry.put(KEY, key.text());
    entry.set(VALUE, JSON.valueToTree(value));
    AtomicFiles.write(file, JSON.writeValueAsBytes(entry));
    return value;
  }

  /** A value if it is kept. */
  <T> Optional<T> kept(String name, Class<T> type) throws IOException {
    StoreKey key = new StoreKey(scope, name);
    Path file = folder.resolve(key.fileName(".json"));
    return read(file, () -> valueOf(file, key, type));
  }

  private static <T> Optional<T> read(Path file, Computation<Optional<T>> reader) {
    if (!Files.isRegularFile(file)) {
      return Optional.empty();
    }
    try {
      return reader.run();
    } catch (IOException | IllegalArgumentException e) {
      log.warn("{} cannot be read and is computed again: {}", file, e.getMessage());
      return Optional.empty();
    }
  }

  private static Optional<Map<String, Tensor>> tensorsOf(Path file, StoreKey key)
      throws IOException {
    Safetensors read = Safetensors.read(file);
    return key.text().equals(read.metadata().get(KEY))
        ? Optional.of(read.tensors())
        : Optional.empty();
  }

  private static <T> Optional<T> valueOf(Path file, StoreKey key, Class<T> type)
      throws IOException {
    JsonNode entry = JSON.readTree(file.toFile());
    return key.text().equals(entry.path(KEY).asText())
        ? Optional.of(JSON.treeToValue(entry.path(VALUE), type))
        : Optional.empty();
  }
}
