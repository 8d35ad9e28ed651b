package dev.sandpiper.infra;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import org.junit.jupiter.api.Test;

class ArchitectureTest {

  private static final JavaClasses CODE =
      new ClassFileImporter().importPackages("dev.sandpiper.infra");

  @Test
  void auditorKnowsTheJdkTheYamlReaderAndNothingOfSandpiper() {
    classes()
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            "java..",
            "dev.sandpiper.infra..",
            "org.snakeyaml..",
            "org.jspecify..",
            "org.junit..",
            "org.assertj..",
            "com.tngtech..")
        .check(CODE);
  }

  @Test
  void auditorOpensNoSocket() {
    noClasses().should().dependOnClassesThat().resideInAnyPackage("java.net..").check(CODE);
  }

  @Test
  void classesAreNamedAfterWhatTheyAre() {
    noClasses()
        .should()
        .haveSimpleNameEndingWith("Util")
        .orShould()
        .haveSimpleNameEndingWith("Helper")
        .orShould()
        .haveSimpleNameEndingWith("Manager")
        .orShould()
        .haveSimpleNameEndingWith("Impl")
        .check(CODE);
  }
}
