// What was spent on each of the last days, as a small chart and as a table for those who listen.

import * as api from './api.js';
import { t } from './texts.js';

const SVG = 'http://www.w3.org/2000/svg';
const WIDTH = 320;
const HEIGHT = 96;

export function wire(person) {
  const part = document.getElementById('spending');
  part.hidden = true;
  if (!person.owner) return async () => {};
  return async () => {
    try {
      const { days } = await api.spending();
      part.hidden = days.every((day) => day.micros === 0);
      if (!part.hidden) draw(days);
    } catch {
      part.hidden = true; // the devices are what was asked for
    }
  };
}

function draw(days) {
  const most = Math.max(...days.map((day) => day.micros));
  const sum = days.reduce((all, day) => all + day.micros, 0);
  const chart = element('svg', { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, role: 'img' });
  const title = element('title', {});
  title.textContent = t('web.spending.said', days.length, money(sum), money(most), date(days.find((day) => day.micros === most).day));
  chart.append(title);
  const step = WIDTH / days.length;
  days.forEach((day, i) => {
    const height = day.micros === 0 ? 1 : Math.max(2, (HEIGHT - 2) * day.micros / most);
    const bar = element('rect', {
      x: (i * step + 1).toFixed(2), y: (HEIGHT - height).toFixed(2), width: (step - 2).toFixed(2), height: height.toFixed(2), rx: 1.5,
      class: day.micros === 0 ? 'none' : 'some',
    });
    const tip = element('title', {});
    tip.textContent = `${date(day.day)}: ${money(day.micros)}`;
    bar.append(tip);
    chart.append(bar);
  });
  document.getElementById('spending-chart').replaceChildren(chart);
  document.getElementById('spending-first').textContent = date(days[0].day);
  document.getElementById('spending-last').textContent = date(days[days.length - 1].day);
  document.getElementById('spending-sum').textContent = t('web.spending.sum', money(sum), money(most));
}

function element(name, attributes) {
  const made = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  return made;
}

function money(micros) {
  const dollars = micros / 1e6;
  const digits = dollars !== 0 && dollars < 1 ? 4 : 2;
  return new Intl.NumberFormat(document.documentElement.lang, { style: 'currency', currency: 'USD', minimumFractionDigits: digits, maximumFractionDigits: digits }).format(dollars);
}

function date(day) {
  return new Intl.DateTimeFormat(document.documentElement.lang, { day: 'numeric', month: 'short', timeZone: 'UTC' }).format(new Date(day + 'T00:00:00Z'));
}
