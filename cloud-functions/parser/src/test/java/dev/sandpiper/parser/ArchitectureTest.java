package dev.sandpiper.parser;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ArchitectureTest {

  private static final String ROOT = "dev.sandpiper.parser";
  private static final JavaClasses PARSER =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages(ROOT);

  @Test
  void packagesHaveNoCycles() {
    slices().matching(ROOT + ".(**)").should().beFreeOfCycles().check(PARSER);
  }

  @Test
  void formatsDoNotKnowEachOther() {
    // What readers share: containers, OOXML plumbing, block building, grids, and HTML, which books
    // and mails hold too.
    DescribedPredicate<JavaClass> shared =
        JavaClass.Predicates.resideInAnyPackage(
            "..format.container..",
            "..format.ooxml..",
            "..format.flow..",
            "..format.grid..",
            "..format.html..");
    slices()
        .matching(ROOT + ".format.(*)..")
        .should()
        .notDependOnEachOther()
        .ignoreDependency(DescribedPredicate.alwaysTrue(), shared)
        .check(PARSER);
  }

  @Test
  void librariesStayWhereTheyAreNeeded() {
    only("org.apache.pdfbox..", "..format.pdf..");
    only("org.apache.poi..", "..format.legacy..", "..format.mail..");
    only("org.jsoup..", "..format.html..", "..format.epub..", "..format.mail..");
    only("org.commonmark..", "..format.text..");
    only("org.apache.commons.compress..", "..format.archive..");
    only("org.mozilla.universalchardet..", "..detect..");
  }

  private static void only(String library, String... packages) {
    noClasses()
        .that()
        .resideOutsideOfPackages(packages)
        .should()
        .dependOnClassesThat()
        .resideInAPackage(library)
        .check(PARSER);
  }

  @Test
  void theTreeDependsOnNothing() {
    classes()
        .that()
        .resideInAPackage(ROOT + ".document..")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(ROOT + ".document..", "java..", "org.jspecify..")
        .check(PARSER);
  }

  @Test
  void namesSayWhatAClassIs() {
    noClasses().should().haveNameMatching(".*(Util|Utils|Helper|Manager|Impl)").check(PARSER);
  }

  @Test
  void nothingStaticChanges() {
    fields().that().areStatic().should().haveModifier(JavaModifier.FINAL).check(PARSER);
  }

  @Test
  void everyPackageIsDescribed() throws IOException {
    try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
      assertThat(
              files
                  .filter(file -> file.toString().endsWith(".java"))
                  .map(Path::getParent)
                  .distinct())
          .isNotEmpty()
          .allSatisfy(folder ->
              assertThat(folder.resolve("package-info.java"))
                  .content()
                  .contains("@NullMarked", "Called by:", "Invariant:"));
    }
  }
}
