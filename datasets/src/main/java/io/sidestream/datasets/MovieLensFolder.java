package io.sidestream.datasets;

import io.sidestream.schemas.Interaction;
import io.sidestream.schemas.Item;
import io.sidestream.schemas.ItemId;
import io.sidestream.schemas.Search;
import io.sidestream.schemas.UserErrorException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A folder in the layout of MovieLens: {@code movies.csv} and {@code ratings.csv}; where present
 * {@code tags.csv}, {@code overviews.csv} and {@code queries.csv}.
 */
public final class MovieLensFolder {
  /*
   * A user's tag on a film is a search that found it, at the time of the tag; so tags are no part
   * of the film's own text, which would leak held-out searches. Queries have no time: those for
   * training are spread evenly over the time of all other events, those for evaluation come after
   * them, so that a split by time separates them. Lines of films that are not in movies.csv are
   * skipped and counted in the log.
   */
  private static final String TAGS = "tags";

  private MovieLensFolder() {}

  /**
   * The folder's films, ratings, tags and queries.
   *
   * @throws UserErrorException when a file is missing or a line is broken; the message says which
   */
  public static Dataset read(Path folder) {
    return readByKind(folder).merged();
  }

  /**
   * The same with tags, training queries and evaluation queries separated.
   *
   * @throws UserErrorException when a file is missing or a line is broken; the message says which
   */
  public static DatasetByKind readByKind(Path folder) {
    if (!Files.isDirectory(folder)) {
      throw new UserErrorException("folder %s does not exist", folder);
    }
    Map<ItemId, Item> films = Films.read(folder);
    List<Interaction> ratings = Ratings.read(folder, films.keySet());
    List<Search> tags = Tags.read(folder, films.keySet());
    Queries queries = Queries.read(folder, films.keySet(), TimeSpan.of(ratings, tags));
    return new DatasetByKind(
        List.copyOf(films.values()), ratings, TAGS, tags, queries.train(), queries.validation());
  }
}
