package io.sidestream.learning.pretrained;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sidestream.model.resources.Hashes;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The digest of all files of a folder that determine what its model computes. */
public final class FolderDigest {
  private static final List<String> FILES =
      List.of(
          "config.json",
          SentencePrompt.FILE,
          "model.safetensors",
          "modules.json",
          "sentence_bert_config.json",
          "tokenizer.json");
  private static final int SHORT = 12;

  private FolderDigest() {}

  /** SHA-256 as 64 hexadecimal digits; reads all these files to their end. */
  public static String sha256(Path folder) throws IOException {
    MessageDigest digest = Hashes.newSha256();
    try (OutputStream out = new DigestOutputStream(OutputStream.nullOutputStream(), digest)) {
      for (Path one : withModules(folder)) {
        for (String name : FILES) {
          add(folder, one.resolve(name), out);
        }
      }
    }
    return Hashes.hex(digest.digest());
  }

  /** The folder's name and the beginning of the digest. */
  public static String label(Path folder, String sha256) {
    Path name = folder.toAbsolutePath().normalize().getFileName();
    return (name == null ? folder : name) + ", SHA-256 " + sha256.substring(0, SHORT);
  }

  /** The folder, then those inside it by name. */
  private static List<Path> withModules(Path folder) throws IOException {
    List<Path> folders = new ArrayList<>(List.of(folder));
    try (Stream<Path> inside = Files.list(folder)) {
      inside.filter(Files::isDirectory).sorted().forEach(folders::add);
    }
    return folders;
  }

  /** Name and length go first, so that no two folders make one stream of bytes. */
  private static void add(Path folder, Path file, OutputStream out) throws IOException {
    if (Files.isRegularFile(file)) {
      String head = folder.relativize(file) + " " + Files.size(file) + "\n";
      out.write(head.getBytes(UTF_8));
      try (InputStream in = Files.newInputStream(file)) {
        in.transferTo(out);
      }
    }
  }
}
