package dev.sandpiper.standin;

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
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ArchitectureTest {

  private static final String ROOT = "dev.sandpiper.standin";
  private static final JavaClasses CODE =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages(ROOT);

  @Test
  void packagesHaveNoCycles() {
    slices().matching(ROOT + ".(*)..").should().beFreeOfCycles().check(CODE);
  }

  /// What stands in for AWS must not share code with what is tested against it.
  @Test
  void standInsKnowNeitherTheProductNorTheSdk() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "software.amazon.awssdk..",
            "dev.sandpiper.contract..",
            "dev.sandpiper.parser..",
            "dev.sandpiper.functions..",
            "dev.sandpiper.edge..",
            "dev.sandpiper.thirdparty..")
        .check(CODE);
  }

  @Test
  void librariesStayWhereTheyAreNeeded() {
    noClasses()
        .that()
        .resideOutsideOfPackage("..http..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("io.netty..")
        .allowEmptyShould(true)
        .check(CODE);
    noClasses()
        .that()
        .resideOutsideOfPackage("..json..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("com.fasterxml..")
        .check(CODE);
  }

  @Test
  void timeIsAParameter() {
    noClasses().should().callMethod(Instant.class, "now").check(CODE);
    noClasses()
        .that()
        .haveSimpleNameNotEndingWith("Main")
        .should()
        .callMethod(Clock.class, "systemUTC")
        .check(CODE);
    noClasses().should().callMethod(System.class, "currentTimeMillis").check(CODE);
  }

  @Test
  void namesSayWhatAClassIs() {
    noClasses().should().haveNameMatching(".*(Util|Utils|Helper|Manager|Impl)").check(CODE);
  }

  @Test
  void nothingStaticChanges() {
    fields().that().areStatic().should().haveModifier(JavaModifier.FINAL).check(CODE);
  }

  @Test
  void everyPackageIsDescribed() throws IOException {
    for (Path sources : Set.of(Path.of("src/main/java"), Path.of("third-party/src/main/java"))) {
      try (Stream<Path> files = Files.walk(sources)) {
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
  }
}
