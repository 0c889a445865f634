import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/**
 * Takes native libraries of other platforms out of jars: {@code java SlimJars.java DIR}. Kept are
 * those for glibc Linux on this machine's architecture, and all that is not native.
 */
final class SlimJars {
  private static final Pattern NATIVE =
      Pattern.compile(".*(\\.(so(\\.\\d+)*|dll|dylib|jnilib|a)|\\.dSYM/.*)");
  private static final Pattern OTHER_SYSTEM =
      Pattern.compile(
          ".*(\\.(dll|dylib|jnilib)$|\\.dSYM/|musl|android|(^|[/_-])(win|windows|win32|win64|mac|osx|darwin"
              + "|freebsd|openbsd|dragonflybsd|aix|sunos|solaris)([/_.0-9-]|$)).*");
  private static final List<String> OTHER_ARCHITECTURES =
      List.of("ppc", "s390x", "riscv64", "loongarch64", "mips", "sparc", "i386", "linux32", "armv", "armel");

  private static final String ARM = ".*(aarch64|arm64|aarch_64).*";
  private static final String INTEL = ".*(x86_64|x86-64|amd64|/x64|-x64|linux64\\.).*";
  private static final String INTEL_32 = ".*([/-]x86/|[/-]arm/).*";

  private SlimJars() {}

  public static void main(String[] arguments) throws IOException {
    long before = 0;
    long after = 0;
    try (var files = Files.list(Path.of(arguments[0]))) {
      for (Path jar : files.filter(file -> file.toString().endsWith(".jar")).sorted().toList()) {
        before += Files.size(jar);
        slim(jar);
        after += Files.size(jar);
      }
    }
    System.out.printf(Locale.ROOT, "jars: %,d bytes, %,d without other platforms' natives%n", before, after);
  }

  private static void slim(Path jar) throws IOException {
    try (ZipFile source = new ZipFile(jar.toFile())) {
      if (source.stream().noneMatch(entry -> isForeign(entry.getName()))) {
        return;
      }
      Path slim = jar.resolveSibling(jar.getFileName() + ".slim");
      try (ZipOutputStream target = new ZipOutputStream(Files.newOutputStream(slim))) {
        for (ZipEntry entry : source.stream().filter(e -> !isForeign(e.getName())).toList()) {
          copy(source, entry, target);
        }
      }
      Files.move(slim, jar, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  private static void copy(ZipFile source, ZipEntry entry, ZipOutputStream target) throws IOException {
    ZipEntry copy = new ZipEntry(entry.getName());
    copy.setLastModifiedTime(FileTime.fromMillis(0));
    target.putNextEntry(copy);
    try (InputStream bytes = source.getInputStream(entry)) {
      bytes.transferTo((OutputStream) target);
    }
    target.closeEntry();
  }

  private static boolean isForeign(String name) {
    String path = name.toLowerCase(Locale.ROOT);
    if (!NATIVE.matcher(name).matches()) {
      return false;
    }
    boolean arm = System.getProperty("os.arch").equals("aarch64");
    return OTHER_SYSTEM.matcher(path).matches()
        || OTHER_ARCHITECTURES.stream().anyMatch(path::contains)
        || path.matches(INTEL_32)
        || path.matches(arm ? INTEL : ARM);
  }
}
