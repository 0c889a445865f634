package io.sidestream.cli.layers;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.sun.source.doctree.DocCommentTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePathScanner;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import javax.lang.model.element.Modifier;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;

/** Checks that records do not share their arrays with callers unless they say so. */
class RecordsTest {
  private static final String EXCUSE = "not copied";

  /** A private record is seen by its own class alone. */
  @Test
  void records_withArrays_copyThemOrSayWhyNot() throws IOException {
    List<JavaFileObject> files = new ArrayList<>();
    for (Repository.Source source : Repository.sources(RecordsTest::mayHoldArrays)) {
      files.add(new Text(source.path(), source.text()));
    }
    assertEquals("", String.join("\n", sharing(files)));
  }

  @Test
  void sharing_plantedRecords_namesThoseThatNeitherCopyNorSay() throws IOException {
    String planted =
        """
        class Planted {
          record Shares(int size, int[] codes) {}
          record Checks(int[] codes) { Checks { if (codes.length == 0) throw new Error(); } }
          record CopiesOne(int[] codes, float[][] rows) { CopiesOne { codes = codes.clone(); } }
          record Copies(int[] codes) { Copies { codes = codes.clone(); } }
          /** Codes of a batch, not\s
           * copied: it lives for one step. */
          record Says(int[] codes) {}
          private record Hidden(int[] codes) {}
          record Plain(int size) {}
        }
        """;
    assertEquals(
        List.of(
            "/Planted.java: Shares codes",
            "/Planted.java: Checks codes",
            "/Planted.java: CopiesOne rows"),
        sharing(List.of(new Text("Planted.java", planted))));
  }

  private static boolean mayHoldArrays(Repository.Source source) {
    return source.isMain() && source.is(".java") && source.text().contains("record ");
  }

  /** Array components of records that are neither copied nor excused; one compiler reads all. */
  private static List<String> sharing(List<JavaFileObject> files) throws IOException {
    JavacTask task =
        (JavacTask)
            ToolProvider.getSystemJavaCompiler()
                .getTask(null, null, null, List.of("-proc:none"), null, files);
    Records records = new Records(DocTrees.instance(task));
    task.parse().forEach(unit -> records.scan(unit, null));
    return records.sharing;
  }

  /** A source file in memory. */
  private static final class Text extends SimpleJavaFileObject {
    private final String text;

    Text(String path, String text) {
      super(URI.create("string:///" + path), JavaFileObject.Kind.SOURCE);
      this.text = text;
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
      return text;
    }
  }

  private static final class Records extends TreePathScanner<Void, Void> {
    private final DocTrees docs;
    private final List<String> sharing = new ArrayList<>();

    Records(DocTrees docs) {
      this.docs = docs;
    }

    @Override
    public Void visitClass(ClassTree type, Void none) {
      if (type.getKind() == Tree.Kind.RECORD
          && !type.getModifiers().getFlags().contains(Modifier.PRIVATE)
          && !isExcused()) {
        for (Tree member : type.getMembers()) {
          if (member instanceof VariableTree component && isArray(component)) {
            String name = component.getName().toString();
            if (!isCopied(type, name)) {
              String file = getCurrentPath().getCompilationUnit().getSourceFile().getName();
              sharing.add(file + ": " + type.getSimpleName() + " " + name);
            }
          }
        }
      }
      return super.visitClass(type, none);
    }

    private boolean isExcused() {
      DocCommentTree comment = docs.getDocCommentTree(getCurrentPath());
      return comment != null && comment.toString().replaceAll("\\s+", " ").contains(EXCUSE);
    }

    private static boolean isArray(VariableTree component) {
      return !component.getModifiers().getFlags().contains(Modifier.STATIC)
          && component.getType().getKind() == Tree.Kind.ARRAY_TYPE;
    }

    private static boolean isCopied(ClassTree type, String name) {
      String copy = "(?s).*\\b" + name + " = [^;]*(clone|copy|copyOf)\\(.*";
      return type.getMembers().stream()
          .filter(MethodTree.class::isInstance)
          .map(MethodTree.class::cast)
          .filter(method -> method.getName().contentEquals("<init>"))
          .anyMatch(method -> method.getBody().toString().matches(copy));
    }
  }
}
