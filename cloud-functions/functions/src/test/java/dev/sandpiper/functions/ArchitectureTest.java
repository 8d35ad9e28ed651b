package dev.sandpiper.functions;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class ArchitectureTest {

  private static final JavaClasses CODE =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("dev.sandpiper.functions");

  @Test
  void functionsKnowContractParserAndTheHandlerInterfaces() {
    classes()
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            "java..",
            "dev.sandpiper.functions..",
            "dev.sandpiper.contract..",
            "org.crac..",
            "software.amazon.awssdk..",
            "javax.net.ssl..",
            "dev.sandpiper.parser..",
            "com.amazonaws.services.lambda.runtime..",
            "com.fasterxml.jackson.core..",
            "org.jspecify..")
        .check(CODE);
  }

  @Test
  void functionsOpenNoSocket() {
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
