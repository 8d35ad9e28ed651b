package dev.sandpiper.parser.format.pdf.page;

import java.awt.geom.Point2D;
import java.io.IOException;
import java.util.List;
import org.apache.pdfbox.contentstream.operator.Operator;
import org.apache.pdfbox.contentstream.operator.OperatorProcessor;
import org.apache.pdfbox.contentstream.operator.state.Concatenate;
import org.apache.pdfbox.contentstream.operator.state.Restore;
import org.apache.pdfbox.contentstream.operator.state.Save;
import org.apache.pdfbox.contentstream.operator.state.SetGraphicsStateParameters;
import org.apache.pdfbox.contentstream.operator.state.SetMatrix;
import org.apache.pdfbox.contentstream.operator.text.BeginText;
import org.apache.pdfbox.contentstream.operator.text.EndText;
import org.apache.pdfbox.contentstream.operator.text.MoveText;
import org.apache.pdfbox.contentstream.operator.text.MoveTextSetLeading;
import org.apache.pdfbox.contentstream.operator.text.NextLine;
import org.apache.pdfbox.contentstream.operator.text.SetCharSpacing;
import org.apache.pdfbox.contentstream.operator.text.SetFontAndSize;
import org.apache.pdfbox.contentstream.operator.text.SetTextHorizontalScaling;
import org.apache.pdfbox.contentstream.operator.text.SetTextLeading;
import org.apache.pdfbox.contentstream.operator.text.SetTextRenderingMode;
import org.apache.pdfbox.contentstream.operator.text.SetTextRise;
import org.apache.pdfbox.contentstream.operator.text.SetWordSpacing;
import org.apache.pdfbox.contentstream.operator.text.ShowText;
import org.apache.pdfbox.contentstream.operator.text.ShowTextAdjusted;
import org.apache.pdfbox.contentstream.operator.text.ShowTextLine;
import org.apache.pdfbox.contentstream.operator.text.ShowTextLineAndSpace;
import org.apache.pdfbox.cos.COSBase;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.cos.COSNumber;
import org.apache.pdfbox.util.Matrix;

/// The operators the engine knows: text, state, paths and XObjects. Colours, shadings and clips are
/// skipped.
final class Operators {

  private interface Step {
    void run(Matrix ctm, float[] numbers);
  }

  private Operators() {}

  static void register(ContentEngine engine, RulingCollector paths) {
    registerText(engine);
    engine.addOperator(new Save(engine));
    engine.addOperator(new Restore(engine));
    engine.addOperator(new Concatenate(engine));
    engine.addOperator(new SetMatrix(engine));
    engine.addOperator(new SetGraphicsStateParameters(engine));
    engine.addOperator(new ShowObject(engine));
    engine.addOperator(path(engine, "BI", 0, (_, _) -> engine.showPicture()));
    registerPaths(engine, paths);
  }

  private static void registerText(ContentEngine engine) {
    engine.addOperator(new BeginText(engine));
    engine.addOperator(new EndText(engine));
    engine.addOperator(new MoveText(engine));
    engine.addOperator(new MoveTextSetLeading(engine));
    engine.addOperator(new NextLine(engine));
    engine.addOperator(new SetCharSpacing(engine));
    engine.addOperator(new SetSafeFont(engine));
    engine.addOperator(new SetTextHorizontalScaling(engine));
    engine.addOperator(new SetTextLeading(engine));
    engine.addOperator(new SetTextRenderingMode(engine));
    engine.addOperator(new SetTextRise(engine));
    engine.addOperator(new SetWordSpacing(engine));
    engine.addOperator(new ShowText(engine));
    engine.addOperator(new ShowTextAdjusted(engine));
    engine.addOperator(new ShowTextLine(engine));
    engine.addOperator(new ShowTextLineAndSpace(engine));
  }

  private static void registerPaths(ContentEngine engine, RulingCollector paths) {
    engine.addOperator(path(engine, "m", 2, (ctm, n) -> paths.moveTo(ctm, n[0], n[1])));
    engine.addOperator(path(engine, "l", 2, (ctm, n) -> paths.lineTo(ctm, n[0], n[1])));
    engine.addOperator(path(engine, "c", 6, (ctm, n) -> paths.curveTo(ctm, n[4], n[5])));
    engine.addOperator(path(engine, "v", 4, (ctm, n) -> paths.curveTo(ctm, n[2], n[3])));
    engine.addOperator(path(engine, "y", 4, (ctm, n) -> paths.curveTo(ctm, n[2], n[3])));
    engine.addOperator(
        path(
            engine,
            "re",
            4,
            (ctm, n) -> paths.rectangle(ctm, new Point2D.Float(n[0], n[1]), n[2], n[3])));
    engine.addOperator(path(engine, "h", 0, (_, _) -> paths.close()));
    engine.addOperator(path(engine, "n", 0, (_, _) -> paths.end()));
    for (String fill : List.of("f", "F", "f*")) {
      engine.addOperator(path(engine, fill, 0, (_, _) -> paths.fill()));
    }
    for (String stroke : List.of("S", "B", "B*")) {
      engine.addOperator(path(engine, stroke, 0, (_, _) -> paths.stroke()));
    }
    for (String closeAndStroke : List.of("s", "b", "b*")) {
      engine.addOperator(
          path(
              engine,
              closeAndStroke,
              0,
              (_, _) -> {
                paths.close();
                paths.stroke();
              }));
    }
  }

  private static OperatorProcessor path(
      ContentEngine engine, String name, int operands, Step step) {
    return new OperatorProcessor(engine) {
      @Override
      public void process(Operator operator, List<COSBase> arguments) {
        float[] numbers = new float[operands];
        if (arguments.size() < operands) {
          return;
        }
        for (int i = 0; i < operands; i++) {
          if (!(arguments.get(i) instanceof COSNumber number)) {
            return;
          }
          numbers[i] = number.floatValue();
        }
        step.run(engine.getGraphicsState().getCurrentTransformationMatrix(), numbers);
      }

      @Override
      public String getName() {
        return name;
      }
    };
  }

  private static final class SetSafeFont extends SetFontAndSize {
    private final ContentEngine engine;

    SetSafeFont(ContentEngine engine) {
      super(engine);
      this.engine = engine;
    }

    @Override
    public void process(Operator operator, List<COSBase> arguments) throws IOException {
      if (arguments.size() > 1
          && arguments.get(0) instanceof COSName name
          && arguments.get(1) instanceof COSNumber size
          && !engine.allowsFont(name)) {
        // Without a font the engine falls back on Helvetica, which reads most text rightly.
        engine.getGraphicsState().getTextState().setFontSize(size.floatValue());
        engine.getGraphicsState().getTextState().setFont(null);
        throw new IOException("the font " + name.getName() + " is too large");
      }
      super.process(operator, arguments);
    }
  }

  private static final class ShowObject extends OperatorProcessor {
    private final ContentEngine engine;

    ShowObject(ContentEngine engine) {
      super(engine);
      this.engine = engine;
    }

    @Override
    public void process(Operator operator, List<COSBase> arguments) throws IOException {
      if (!arguments.isEmpty() && arguments.getFirst() instanceof COSName name) {
        engine.show(name);
      }
    }

    @Override
    public String getName() {
      return "Do";
    }
  }
}
