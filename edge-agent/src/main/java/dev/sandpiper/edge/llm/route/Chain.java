package dev.sandpiper.edge.llm.route;

import dev.sandpiper.edge.config.LlmConfig;
import dev.sandpiper.edge.config.ModelConfig;
import dev.sandpiper.edge.config.Nearest;
import dev.sandpiper.edge.llm.ModelException;
import dev.sandpiper.edge.llm.ModelException.Kind;
import dev.sandpiper.edge.llm.Purpose;
import dev.sandpiper.edge.llm.Usage;
import java.time.Duration;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/// Which model is meant for a purpose, and which stand in for it.
final class Chain {

  private Chain() {}

  /// Models that answer: all but the one that makes vectors.
  static List<ModelConfig> answering(LlmConfig llm) {
    return llm.models().stream()
        .filter(model -> !llm.uses().embedding().equals(Optional.of(model.name())))
        .toList();
  }

  /// The model for the purpose, and its stand-ins in order.
  static List<ModelConfig> of(LlmConfig llm, Purpose purpose) throws ModelException {
    Map<String, ModelConfig> chain = new LinkedHashMap<>();
    ModelConfig first = first(llm, purpose);
    chain.put(first.name(), first);
    for (String name : llm.uses().fallback()) {
      llm.findModel(name).ifPresent(model -> chain.putIfAbsent(name, model));
    }
    return List.copyOf(chain.values());
  }

  private static ModelConfig first(LlmConfig llm, Purpose purpose) throws ModelException {
    List<ModelConfig> answering = answering(llm);
    if (answering.isEmpty()) {
      throw noneConfigured();
    }
    String wished = purpose.model();
    String name =
        wished != null
            ? wished
            : llm.uses()
                .byWorkflow()
                .getOrDefault(
                    use(purpose), llm.uses().standard().orElse(answering.getFirst().name()));
    List<String> names = answering.stream().map(ModelConfig::name).toList();
    Optional<ModelConfig> found = llm.findModel(name).filter(answering::contains);
    if (found.isEmpty()) {
      throw new ModelException(
          Kind.UNKNOWN_MODEL,
          "There is no model \"%s\"; %s"
              .formatted(
                  name,
                  Nearest.to(name, names)
                      .map(near -> "did you mean \"" + near + "\"?")
                      .orElse("there are: " + String.join(", ", names))),
          null);
    }
    return found.get();
  }

  /// What a schedule asks is asked of whoever answers a person's questions.
  private static String use(Purpose purpose) {
    return purpose.workflow().startsWith("schedule:") ? "ask" : purpose.workflow();
  }

  static ModelException noneConfigured() {
    return new ModelException(
        Kind.UNKNOWN_MODEL,
        "No model is configured. Add [providers.NAME] and [models.NAME]; 'sandpiper config init'"
            + " shows how.",
        null);
  }

  /// What is told when none of them has an answer: what the first met, and that the others did not
  /// help. It is to be tried again when any of them may be.
  static ModelException together(List<ModelException> failures) {
    ModelException first = failures.getFirst();
    if (failures.size() == 1) {
      return first;
    }
    ModelException kindest =
        failures.stream().min(Comparator.comparingInt(Chain::hopelessness)).orElse(first);
    Duration soonest =
        failures.stream()
            .filter(e -> hopelessness(e) == 0)
            .map(ModelException::retryAfter)
            .filter(Objects::nonNull)
            .min(Comparator.naturalOrder())
            .orElse(null);
    StringBuilder message = new StringBuilder(String.valueOf(first.getMessage()));
    failures.stream()
        .skip(1)
        .map(ModelException::getMessage)
        .distinct()
        .filter(words -> !Objects.equals(words, first.getMessage()))
        .forEach(words -> message.append(" The stand-in failed, too: ").append(words));
    Usage used = failures.stream().map(ModelException::usage).reduce(Usage.NONE, Usage::plus);
    if (failures.stream().noneMatch(ModelException::wasAsked)) {
      return ModelException.unasked(kindest.kind(), message.toString(), soonest);
    }
    return new ModelException(
        kindest.kind(),
        message.toString(),
        new ModelException.More(soonest, used, reasons(failures)),
        first);
  }

  /// Those of the first, and of the others that met something else; none when there is one that can
  /// be said in English only.
  private static List<ModelException.Reason> reasons(List<ModelException> failures) {
    return failures.stream().anyMatch(e -> e.reasons().isEmpty())
        ? List.of()
        : failures.stream().flatMap(e -> e.reasons().stream()).distinct().toList();
  }

  private static int hopelessness(ModelException e) {
    return switch (e.kind()) {
      case UNREACHABLE, TIMEOUT, SERVER, RATE_LIMITED -> 0;
      case NO_CREDIT, UNAUTHORIZED, UNKNOWN_MODEL -> 1;
      case TOO_LONG, BAD_REQUEST, FORBIDDEN, OVER_BUDGET -> 2;
    };
  }
}
