package dev.sandpiper.infra;

/// A template that breaks one rule, and that one alone.
///
/// @param rule the rule's name
/// @param of the template that is edited
/// @param how what was done to it, for the test's report
record Mutation(String rule, Template.Kind of, String how, Edit.Change change) {

  private static final Template PLANT = Template.Kind.PLANT.read();
  private static final Template IDENTITY = Template.Kind.IDENTITY.read();

  static Mutation plant(String rule, String how, Edit.Change change) {
    return new Mutation(rule, Template.Kind.PLANT, how, change);
  }

  static Mutation identity(String rule, String how, Edit.Change change) {
    return new Mutation(rule, Template.Kind.IDENTITY, how, change);
  }

  Template template() {
    return Edit.of(of == Template.Kind.PLANT ? PLANT : IDENTITY, change);
  }

  @Override
  public String toString() {
    return rule + " when " + how;
  }
}
