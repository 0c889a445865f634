package io.sidestream.gateway.api;

import io.sidestream.client.Connection;
import io.sidestream.client.EventSender;
import io.sidestream.client.SidestreamClient;
import io.sidestream.gateway.follow.Followed;
import io.sidestream.gateway.http.Endpoint;
import io.sidestream.gateway.http.Route;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** All paths of the gateway. */
public final class Api {
  private Api() {}

  /**
   * The routes.
   *
   * @param processes that the page shows
   * @param longest time for a response, before its connection is dropped
   */
  public static List<Route> routes(
      Connection connection,
      SidestreamClient client,
      EventSender sender,
      Followed followed,
      AdminPorts processes,
      Clock clock,
      ApiThreads threads,
      Duration longest) {
    Requests requests = new Requests(client, followed.titles(), threads.responses());
    Events events = new Events(sender);
    GenerationRoutes generations =
        new GenerationRoutes(
            connection, followed::generations, clock, threads.rollbacks(), longest);
    StatusRoutes status = new StatusRoutes(followed, processes);
    List<Route> routes = new ArrayList<>(PageFiles.routes());
    routes.add(guarded(Operation.SEARCH, requests::search));
    routes.add(guarded(Operation.RECOMMEND, requests::recommend));
    routes.add(guarded(Operation.SIMILAR, requests::similar));
    routes.add(guarded(Operation.EVENTS, events::events));
    routes.add(guarded(Operation.PUT_ITEM, events::put));
    routes.add(guarded(Operation.DELETE_ITEM, events::delete));
    routes.add(guarded(Operation.GENERATIONS, generations::list));
    routes.add(guarded(Operation.ROLLBACK, generations::rollback));
    routes.add(guarded(Operation.STATUS, status::status));
    routes.add(guarded(Operation.USERS, status::users));
    return routes;
  }

  private static Route guarded(Operation operation, Endpoint endpoint) {
    return new Route(operation.method(), operation.path(), false, endpoint);
  }
}
