package dev.sandpiper.edge;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ArchitectureTest {

  private static final String ROOT = "dev.sandpiper.edge";
  private static final JavaClasses EDGE =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages(ROOT);

  @Test
  void packagesHaveNoCycles() {
    slices().matching(ROOT + ".(*)..").should().beFreeOfCycles().check(EDGE);
  }

  @Test
  void librariesStayWhereTheyAreNeeded() {
    only("java.sql..", "..store..");
    only("org.sqlite..", "..store..");
    only("io.netty..", "..http..", "..net..", "..burst.local..");
    only("picocli..", "..cli..");
    only("org.tomlj..", "..config..");
    only("software.amazon.awssdk..", ROOT + ".courier");
  }

  private static void only(String library, String... packages) {
    noClasses()
        .that()
        .resideOutsideOfPackages(packages)
        .should()
        .dependOnClassesThat()
        .resideInAPackage(library)
        .check(EDGE);
  }

  @Test
  void theAgentHasNoParser() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("dev.sandpiper.parser..", "dev.sandpiper.functions..")
        .check(EDGE);
  }

  @Test
  void onlyWiringMakesAdapters() {
    for (String adapter :
        List.of(
            "..burst.local..",
            "..burst.aws..",
            "..burst.route..",
            "..llm.openai..",
            "..llm.anthropic..",
            "..llm.gemini..",
            "..llm.ollama..")) {
      noClasses()
          .that()
          .resideOutsideOfPackage(adapter)
          .and()
          .haveSimpleNameNotEndingWith("Wiring")
          .and()
          .haveNameNotMatching(".*Wiring\\$.*")
          .should()
          .dependOnClassesThat()
          .resideInAPackage(adapter)
          .check(EDGE);
    }
  }

  /// The courier is another process: the agent speaks to it over a pipe, and would else load AWS's
  /// SDK.
  @Test
  void nobodySeesTheCourier() {
    noClasses()
        .that()
        .resideOutsideOfPackage("..edge.courier..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("..edge.courier")
        .check(EDGE);
  }

  /// Whoever shows AWS who this machine is needs neither AWS's library nor an agent.
  @Test
  void anIdentityIsPlain() {
    noClasses()
        .that()
        .resideInAPackage("..edge.identity..")
        .should()
        .dependOnClassesThat(
            resideOutsideOfPackages(
                "java..",
                "javax..",
                "org.jspecify..",
                "com.fasterxml.jackson.core..",
                "..edge.health..",
                "..edge.identity.."))
        .check(EDGE);
  }

  @Test
  void timeIsAParameter() {
    noClasses().should().callMethod(Instant.class, "now").check(EDGE);
    noClasses().should().callMethod(Clock.class, "systemUTC").check(EDGE);
    noClasses().should().callMethod(System.class, "currentTimeMillis").check(EDGE);
  }

  @Test
  void namesSayWhatAClassIs() {
    noClasses().should().haveNameMatching(".*(Util|Utils|Helper|Manager|Impl)").check(EDGE);
  }

  @Test
  void nothingStaticChanges() {
    fields().that().areStatic().should().haveModifier(JavaModifier.FINAL).check(EDGE);
  }

  @Test
  void everyPackageIsDescribed() throws IOException {
    try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
      Set<Path> folders =
          files
              .filter(file -> file.toString().endsWith(".java"))
              .map(Path::getParent)
              .collect(Collectors.toSet());
      assertThat(folders)
          .isNotEmpty()
          .allSatisfy(folder ->
              assertThat(folder.resolve("package-info.java"))
                  .content()
                  .contains("@NullMarked", "Called by:", "Calls:", "Invariant:"));
    }
  }

  /// A test that skips by itself would skip in CI, too, and nobody would see it.
  @Test
  void onlyNeededSkipsATest() throws IOException {
    Pattern skips = Pattern.compile("\\bAssumptions\\b|@(Disabled|Enabled)\\w*|TestAborted\\w+\\(");
    List<String> skipping = new ArrayList<>();
    for (String module : List.of("contract", "parser", "standin", "functions")) {
      skipping.addAll(testsWith(skips, Path.of("../cloud-functions", module, "src/test/java")));
    }
    skipping.addAll(testsWith(skips, Path.of("src/test/java")));
    assertThat(skipping).containsOnly("Needed.java");
  }

  private static List<String> testsWith(Pattern pattern, Path folder) throws IOException {
    List<String> found = new ArrayList<>();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(path -> path.toString().endsWith(".java")).toList()) {
        boolean self = file.endsWith("ArchitectureTest.java");
        if (!self && pattern.matcher(Files.readString(file)).find()) {
          found.add(file.getFileName().toString());
        }
      }
    }
    return found;
  }

  /// Every class that the architecture names exists: a document that lies is worse than none.
  @Test
  void theArchitectureNamesWhatExists() throws IOException {
    Path top = Path.of("..");
    Set<String> named = new TreeSet<>();
    Matcher matcher =
        Pattern.compile("`([A-Z][a-z]+(?:[A-Z][A-Za-z0-9]*)?)(?:\\.[a-z]\\w*)?`")
            .matcher(Files.readString(top.resolve("ARCHITECTURE.md")));
    while (matcher.find()) {
      named.add(matcher.group(1));
    }
    Set<String> types = new TreeSet<>();
    for (Path sources : List.of(top.resolve("cloud-functions"), top.resolve("edge-agent"))) {
      try (Stream<Path> files = Files.walk(sources)) {
        for (Path file : files.filter(path -> path.toString().endsWith(".java")).toList()) {
          types.add(file.getFileName().toString().replace(".java", ""));
          Matcher nested =
              Pattern.compile("(?:record|interface|class|enum) ([A-Z]\\w*)")
                  .matcher(Files.readString(file));
          while (nested.find()) {
            types.add(nested.group(1));
          }
        }
      }
    }
    assertThat(named).hasSizeGreaterThan(20);
    assertThat(types).containsAll(named);
  }
}
