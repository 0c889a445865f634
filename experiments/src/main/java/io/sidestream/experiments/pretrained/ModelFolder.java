package io.sidestream.experiments.pretrained;

import io.sidestream.model.resources.Hashes;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.List;

/**
 * A folder with a model, and the digest of the model.
 *
 * @param sha256 of all files that determine the model's output, as 64 hexadecimal digits
 */
public record ModelFolder(Path path, String sha256) {
  private static final List<String> FILES =
      List.of("config.json", "model.safetensors", "sentence_bert_config.json", "tokenizer.json");
  private static final int SHORT = 12;

  /** Reads all these files to their end. */
  static ModelFolder of(Path path) throws IOException {
    MessageDigest digest = Hashes.newSha256();
    try (OutputStream out = new DigestOutputStream(OutputStream.nullOutputStream(), digest)) {
      for (String name : FILES) {
        add(path.resolve(name), out);
      }
    }
    return new ModelFolder(path, Hashes.hex(digest.digest()));
  }

  /** Name and length go first, so that no two folders make one stream of bytes. */
  private static void add(Path file, OutputStream out) throws IOException {
    if (Files.isRegularFile(file)) {
      String head = file.getFileName() + " " + Files.size(file) + "\n";
      out.write(head.getBytes(StandardCharsets.UTF_8));
      try (InputStream in = Files.newInputStream(file)) {
        in.transferTo(out);
      }
    }
  }

  /** The folder's name and the beginning of the hash, for reports. */
  String label() {
    Path name = path.toAbsolutePath().normalize().getFileName();
    return (name == null ? path : name) + ", SHA-256 " + sha256.substring(0, SHORT);
  }
}
