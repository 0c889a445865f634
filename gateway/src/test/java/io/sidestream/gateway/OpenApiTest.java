package io.sidestream.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sidestream.gateway.api.Api;
import io.sidestream.gateway.api.Operation;
import java.io.InputStream;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Holds the OpenAPI document to the routes, and to its own references. */
class OpenApiTest {
  @Test
  void document_operations_areTheRoutesThatAreNoPage() throws Exception {
    Set<String> declared = new TreeSet<>();
    for (Map.Entry<String, JsonNode> path : document().path("paths").properties()) {
      path.getValue()
          .fieldNames()
          .forEachRemaining(method -> declared.add(method + " " + path.getKey()));
    }
    Set<String> routes = new TreeSet<>();
    for (Operation operation : Operation.values()) {
      routes.add(operation.method().name().toLowerCase(Locale.ROOT) + " " + operation.path());
    }
    assertEquals(routes, declared);
  }

  @Test
  void document_requests_haveTheFieldsOfTheirSchemas() throws Exception {
    JsonNode document = document();
    for (String name : List.of("SearchRequest", "RecommendationRequest", "Interaction", "Search")) {
      Set<String> fields = fields(name);
      fields.remove("deadline"); // the gateway sets it
      Set<String> described = new TreeSet<>();
      document
          .at("/components/schemas/" + name + "/properties")
          .fieldNames()
          .forEachRemaining(described::add);
      assertEquals(fields, described, name);
    }
  }

  private static Set<String> fields(String name) throws Exception {
    String file = name.replaceAll("(?<=[a-z])(?=[A-Z])", "-").toLowerCase(Locale.ROOT);
    try (InputStream in = Api.class.getResourceAsStream("/avro/" + file + ".avsc")) {
      Set<String> fields = new TreeSet<>();
      new ObjectMapper()
          .readTree(in)
          .path("fields")
          .forEach(one -> fields.add(one.path("name").asText()));
      return fields;
    }
  }

  @Test
  void document_references_resolve() throws Exception {
    JsonNode document = document();
    for (JsonNode reference : document.findValues("$ref")) {
      assertFalse(document.at(reference.asText().substring(1)).isMissingNode(), reference.asText());
    }
    Set<String> ids = new TreeSet<>(document.findValuesAsText("operationId"));
    assertEquals(document.findValues("operationId").size(), ids.size());
  }

  private static JsonNode document() throws Exception {
    try (InputStream in =
        Api.class.getResourceAsStream("/io/sidestream/gateway/page/openapi.json")) {
      return new ObjectMapper().readTree(in);
    }
  }
}
