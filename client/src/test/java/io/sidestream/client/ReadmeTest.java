package io.sidestream.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Compiles the README's example, as a reader would paste it. */
class ReadmeTest {
  private static final Pattern JAVA = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);

  @TempDir Path folder;

  @Test
  void example_pasted_compilesWithoutWarnings() throws Exception {
    Matcher example = JAVA.matcher(Files.readString(Path.of("README.md")));
    assertTrue(example.find(), "README.md has no example");
    Path file = folder.resolve("Ask.java");
    Files.writeString(file, example.group(1));
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StringWriter found = new StringWriter();
    try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
      boolean compiled =
          compiler
              .getTask(
                  found,
                  files,
                  null,
                  List.of("-d", folder.toString(), "-proc:none", "-Xlint:all,-classfile,-path"),
                  null,
                  files.getJavaFileObjects(file))
              .call();
      assertTrue(compiled, found.toString());
      assertEquals("", found.toString());
    }
  }
}
