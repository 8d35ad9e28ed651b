// Speaks to the stand-in for Discord with discord.js, which knows nothing of it. Says what happens on stdout, a line each.
'use strict';

const {
  ActionRowBuilder, AttachmentBuilder, ButtonBuilder, ButtonStyle, Client, Events, GatewayIntentBits, Partials,
} = require('discord.js');

const client = new Client({
  intents: [
    GatewayIntentBits.Guilds, GatewayIntentBits.GuildMessages, GatewayIntentBits.DirectMessages,
    GatewayIntentBits.MessageContent,
  ],
  partials: [Partials.Channel, Partials.Message],
  rest: { api: process.env.DISCORD_API, retries: 0 },
  waitGuildTimeout: 1000,
});

const say = (...words) => console.log(words.join(' '));

const fail = (error) => {
  say('failed', error.code ?? '', error.stack);
  process.exit(1);
};

const button = new ActionRowBuilder().addComponents(
  new ButtonBuilder().setCustomId('press-me').setLabel('Press me').setStyle(ButtonStyle.Primary));

client.once(Events.ClientReady, (ready) => say('ready', ready.user.id, ready.guilds.cache.size));
client.on(Events.ShardResume, () => say('resumed'));
client.on(Events.Error, fail);
client.on(Events.ShardError, fail);

client.on(Events.MessageCreate, async (message) => {
  try {
    if (message.author.bot) {
      say('own', message.nonce ?? '-');
      return;
    }
    say('message', message.guildId ?? 'direct', message.author.username, message.content);
    if (message.content === 'send twice') {
      const one = await message.channel.send({ content: 'once', nonce: 'n1', enforceNonce: true });
      const two = await message.channel.send({ content: 'once', nonce: 'n1', enforceNonce: true });
      say('twice', one.id === two.id);
    } else if (message.content === 'send a file') {
      const sent = await message.channel.send({
        files: [new AttachmentBuilder(Buffer.from('bytes of a file'), { name: 'a.txt' })],
      });
      const answer = await fetch(sent.attachments.first().url);
      say('file', sent.attachments.first().name, await answer.text());
    } else if (message.content === 'too long') {
      await message.channel.send('x'.repeat(2001)).catch((error) => say('refused', error.status, error.code));
    } else if (message.content === 'look back') {
      const found = await message.channel.messages.fetch({ limit: 2 });
      say('found', [...found.values()].map((one) => one.content).join('|'));
    } else {
      await message.channel.sendTyping();
      await message.reply({ content: `you said ${message.content}`, components: [button] });
    }
  } catch (error) {
    fail(error);
  }
});

client.on(Events.InteractionCreate, async (interaction) => {
  try {
    if (interaction.isButton()) {
      await interaction.deferUpdate();
      await interaction.message.edit({ content: 'pressed', components: [] });
      say('pressed', interaction.customId);
    } else if (interaction.isChatInputCommand()) {
      await interaction.reply('at once');
      say('command', interaction.commandName, interaction.options.getString('words'));
    }
  } catch (error) {
    fail(error);
  }
});

process.stdin.on('end', () => client.destroy().then(() => process.exit(0)));
process.stdin.resume();
client.login(process.env.DISCORD_TOKEN).catch(fail);
