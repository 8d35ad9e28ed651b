// Who is logged in, and where.

import * as api from './api.js';
import * as spending from './spending.js';
import { moment, t } from './texts.js';

export function wire(person, leave) {
  const dialog = document.getElementById('devices');
  const menu = document.getElementById('menu');
  const drawSpending = spending.wire(person);
  document.getElementById('devices-who').textContent = t('web.devices.who', person.name);
  menu.onclick = async () => {
    dialog.showModal();
    await Promise.all([draw(leave), drawSpending()]);
  };
  dialog.onclose = () => menu.focus();
  document.getElementById('logout').onclick = async () => {
    try {
      await api.logout();
      dialog.close();
      leave();
    } catch (failure) {
      show(failure.message || t('web.offline'));
    }
  };
}

async function draw(leave) {
  try {
    const { sessions } = await api.sessions();
    document.getElementById('sessions').replaceChildren(...sessions.map((session) => item(session, leave)));
  } catch (failure) {
    show(failure.message || t('web.offline'));
  }
}

function show(text) {
  const line = document.createElement('li');
  line.className = 'error';
  line.textContent = text;
  document.getElementById('sessions').replaceChildren(line);
}

function item(session, leave) {
  const made = document.createElement('li');
  const name = document.createElement('span');
  name.className = 'name';
  name.textContent = device(session.device);
  const seen = document.createElement('span');
  seen.className = 'size';
  seen.textContent = session.current ? t('web.devices.here') : t('web.devices.seen', moment(new Date(session.seen)));
  made.append(name, seen);
  if (!session.current) {
    const end = document.createElement('button');
    end.type = 'button';
    end.className = 'quiet';
    end.textContent = t('web.devices.end');
    end.setAttribute('aria-label', t('web.devices.end.which', name.textContent));
    end.addEventListener('click', async () => {
      try {
        await api.endSession(session.id);
      } catch {
        // it is gone already, or the list below says how it stands
      }
      await draw(leave);
      document.querySelector('#sessions button, #logout')?.focus();
    });
    made.append(end);
  }
  return made;
}

function device(agent) {
  const browser = /Firefox|Edg|OPR|SamsungBrowser|Chrome|Safari/.exec(agent)?.[0] || '';
  const names = { Edg: 'Edge', OPR: 'Opera', SamsungBrowser: 'Samsung Internet' };
  const system = /Android|iPhone|iPad|Windows|Mac OS|CrOS|Linux/.exec(agent)?.[0] || '';
  const parts = [names[browser] || browser, system].filter(Boolean);
  return parts.length ? parts.join(' · ') : t('web.devices.unknown');
}
