package dev.sandpiper.edge.price;

import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;

/// Prices of models as of a day.
///
/// @param date when they were looked up
/// @param source where
/// @param models by service and the service's id of the model, as in `openai/gpt-4o-mini`
record PriceList(LocalDate date, String source, Map<String, ModelPrice> models) {

  PriceList {
    models = Map.copyOf(models);
  }

  Optional<ModelPrice> find(String service, String id) {
    return Optional.ofNullable(models.get(service + "/" + id));
  }
}
