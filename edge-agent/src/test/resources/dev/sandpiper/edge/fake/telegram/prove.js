// grammY, which knows nothing of us, talks to the stand-in for Telegram. Every line it prints is expected by the test.
const { Bot, InlineKeyboard, InputFile, GrammyError } = require("grammy");

const api = process.env.TELEGRAM_API;
const token = process.env.TELEGRAM_TOKEN;
const hook = process.env.TELEGRAM_HOOK;
const say = (...words) => console.log(words.join(" "));
const bot = new Bot(token, { client: { apiRoot: api } });

bot.command("start", async (ctx) => {
  const sent = await ctx.reply("<b>Hello</b> &lt;you&gt; " + ctx.match, {
    parse_mode: "HTML",
    reply_markup: new InlineKeyboard().text("Press", "pressed:1"),
    reply_parameters: { message_id: ctx.msg.message_id },
  });
  say("sent", sent.message_id, sent.text);
});

bot.callbackQuery("pressed:1", async (ctx) => {
  await ctx.answerCallbackQuery();
  await ctx.editMessageText("Thank you");
  say("pressed", ctx.from.first_name);
});

bot.on("message:document", async (ctx) => {
  const file = await ctx.getFile();
  const answer = await fetch(`${api}/file/bot${token}/${file.file_path}`);
  const bytes = Buffer.from(await answer.arrayBuffer());
  say("file", ctx.msg.document.file_name, bytes.length, bytes.toString("latin1", 0, 4));
  await ctx.replyWithDocument(new InputFile(bytes, "back.bin"), { caption: "back" });
  say("returned");
});

bot.on("message:text", async (ctx) => {
  for (const attempt of [
    () => ctx.reply("<b>open", { parse_mode: "HTML" }),
    () => ctx.reply("x".repeat(4097)),
    () => ctx.api.getFile("nothing"),
    () => ctx.reply("busy"),
  ]) {
    try {
      await attempt();
      say("no error");
    } catch (error) {
      if (!(error instanceof GrammyError)) throw error;
      say(error.error_code, error.description, error.parameters.retry_after ?? "");
    }
  }
  await ctx.replyWithChatAction("typing");
  await ctx.api.setMyCommands([{ command: "start", description: "Begin" }], { language_code: "de" });
  setTimeout(hooks, 0);
});

async function hooks() {
  await bot.stop();
  await bot.api.setWebhook(hook, { secret_token: "s3cret" });
  say("webhook", (await bot.api.getWebhookInfo()).url === hook);
  try {
    await bot.api.getUpdates();
  } catch (error) {
    say(error.error_code, error.description);
  }
  await bot.api.deleteWebhook();
  say("deleted", (await bot.api.getWebhookInfo()).url === "");
}

bot.catch((error) => say("failed", error.message));
bot.start({ onStart: (me) => say("ready", me.id, me.username) });
process.stdin.on("end", () => process.exit(0)).resume();
