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
        .that()
        .resideOutsideOfPackage("..aws..")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            "java..",
            "dev.sandpiper.functions..",
            "dev.sandpiper.contract..",
            "dev.sandpiper.parser..",
            "com.amazonaws.services.lambda.runtime..",
            "com.fasterxml.jackson.core..",
            "org.crac..",
            "org.jspecify..")
        .check(CODE);
  }

  @Test
  void theSdkStaysBehindItsAdapters() {
    classes()
        .that()
        .resideInAPackage("..aws..")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            "java..",
            "javax.net.ssl..",
            "dev.sandpiper.functions..",
            "dev.sandpiper.contract..",
            "software.amazon.awssdk..",
            "org.jspecify..")
        .check(CODE);
    noClasses()
        .that()
        .doNotHaveSimpleName("FunctionWiring")
        .and()
        .resideOutsideOfPackage("..aws..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("..aws..")
        .check(CODE);
  }

  /// Whatever else named them would load them in the edge's workers.
  @Test
  void snapshotsAreTheHooksAffair() {
    noClasses()
        .that()
        .doNotHaveSimpleName("SnapStart")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.crac..")
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
