package io.sidestream.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.util.function.Supplier;

/** What a command lists: a line of text for each at once, or one JSON array in the end. */
final class OutputRows {
  private final boolean json;
  private final PrintWriter out;
  private final ArrayNode array = Json.array();

  OutputRows(OutputOption output, PrintWriter out) {
    this.json = output.isJson();
    this.out = out;
  }

  void add(Supplier<String> line, Supplier<ObjectNode> node) {
    if (json) {
      array.add(node.get());
    } else {
      out.println(line.get());
    }
  }

  /** Prints the array. */
  void end() {
    if (json) {
      out.println(Json.text(array));
    }
  }
}
