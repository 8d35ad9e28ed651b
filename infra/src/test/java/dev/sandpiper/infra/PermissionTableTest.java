package dev.sandpiper.infra;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// permissions.md says what the templates grant: no more, no less.
class PermissionTableTest {

  private static final Template PLANT = Template.Kind.PLANT.read();
  private static final Template IDENTITY = Template.Kind.IDENTITY.read();

  @Test
  void tableListsEveryRightOfThePlantAndNoOther() {
    assertThat(Right.granted(PLANT)).hasSizeGreaterThan(60).doesNotHaveDuplicates();
    assertThat(Right.LISTED)
        .doesNotHaveDuplicates()
        .containsExactlyInAnyOrderElementsOf(Right.granted(PLANT));
  }

  @Test
  void deviceHasTheSameRightsByItsRoleAsByThePolicy() {
    List<Right> ofTheDevice =
        Right.LISTED.stream().filter(r -> r.holder().equals(Right.DEVICE)).toList();
    assertThat(Right.granted(IDENTITY)).containsExactlyInAnyOrderElementsOf(ofTheDevice);
  }

  @Test
  void tableListsWhoMayTakeARole() {
    List<String> listed =
        Right.table("Who may take a role")
            .map(c -> String.join(" | ", c[1], "Service:" + c[2], c[3], c[4]))
            .toList();
    assertThat(listed)
        .containsExactlyInAnyOrderElementsOf(
            Stream.of(PLANT, IDENTITY).flatMap(PermissionTableTest::trusts).toList());
  }

  private static Stream<String> trusts(Template template) {
    return template
        .statements(Statement.Kind.TRUST)
        .flatMap(s ->
            s.actions().stream()
                .map(action ->
                    String.join(
                        " | ",
                        s.holder(),
                        String.join(", ", s.principals()),
                        action,
                        Right.proviso(s.condition()))));
  }

  @Test
  void tableListsWhatIsRefused() {
    List<String> listed =
        Right.table("What is refused whatever else is granted")
            .map(c -> c[1] + " " + c[2])
            .toList();
    assertThat(listed).doesNotHaveDuplicates();
    assertThat(listed)
        .containsExactlyInAnyOrderElementsOf(
            Stream.of(PLANT, IDENTITY)
                .flatMap(t -> t.statements(Statement.Kind.GUARD))
                .map(Statement::place)
                .distinct()
                .toList());
  }

  @Test
  void everyRowSaysWhy() {
    assertThat(Right.table("Rights").map(c -> c[6])).allMatch(why -> why.length() > 10);
    assertThat(Right.table("Who may take a role").map(c -> c[5])).allMatch(w -> w.length() > 10);
  }
}
