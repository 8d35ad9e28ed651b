// Where a message is written, and its files are gathered: from the button, dropped, or pasted.

import * as api from './api.js';
import { size, t } from './texts.js';

const DRAFT = 'sandpiper.draft';
const MOST_FILES = 20;

export class Composer {
  constructor(visitor, most, outbox) {
    this.visitor = visitor;
    this.most = most;
    this.outbox = outbox;
    this.form = document.getElementById('composer');
    this.text = document.getElementById('text');
    this.list = document.getElementById('files');
    this.troubleLine = document.getElementById('trouble');
    this.files = new Map();
    this.wire();
    this.restore();
  }

  static clear() {
    localStorage.removeItem(DRAFT);
  }

  wire() {
    this.leaving = new AbortController();
    const on = (target, event, act) => target.addEventListener(event, act, { signal: this.leaving.signal });
    const picker = document.getElementById('picker');
    on(this.form, 'submit', (event) => {
      event.preventDefault();
      this.send();
    });
    on(this.text, 'input', () => {
      this.trouble('');
      this.changed();
    });
    on(this.text, 'keydown', (event) => {
      const touch = matchMedia('(pointer: coarse)').matches;
      if (event.key === 'Enter' && !event.shiftKey && !event.isComposing && !touch) {
        event.preventDefault();
        this.send();
      }
    });
    on(this.text, 'paste', (event) => {
      const files = [...(event.clipboardData?.files || [])];
      if (files.length) {
        event.preventDefault();
        this.attach(files);
      }
    });
    on(document.getElementById('attach'), 'click', () => picker.click());
    on(picker, 'change', () => {
      this.attach([...picker.files]);
      picker.value = '';
    });
    on(document.getElementById('stop'), 'click', () => this.stop());
    on(document, 'keydown', (event) => {
      if (event.key === 'Escape' && !document.querySelector('dialog[open]') && !document.getElementById('stop').hidden) this.stop();
    });
    this.wireDrop(on);
  }

  wireDrop(on) {
    const drop = document.getElementById('drop');
    let depth = 0;
    const carries = (event) => [...(event.dataTransfer?.types || [])].includes('Files');
    on(document, 'dragenter', (event) => {
      if (!carries(event)) return;
      depth++;
      drop.hidden = false;
    });
    on(document, 'dragleave', (event) => {
      if (!carries(event)) return;
      depth = Math.max(0, depth - 1);
      drop.hidden = depth === 0;
    });
    on(document, 'dragover', (event) => carries(event) && event.preventDefault());
    on(document, 'drop', (event) => {
      if (!carries(event)) return;
      event.preventDefault();
      depth = 0;
      drop.hidden = true;
      this.attach([...event.dataTransfer.files]);
      this.text.focus();
    });
  }

  close() {
    this.leaving.abort();
    for (const entry of this.files.values()) entry.stop?.();
    this.files.clear();
    this.list.replaceChildren();
    this.text.value = '';
  }

  attach(files) {
    this.trouble('');
    for (const file of files) {
      if (this.files.size >= MOST_FILES) {
        this.trouble(t('web.file.many', MOST_FILES));
        return;
      }
      if (file.size > this.most) {
        this.trouble(t('web.file.large', file.name, size(this.most)));
        continue;
      }
      this.upload(file);
    }
  }

  upload(file) {
    const chip = new Chip(file.name || t('web.file.unnamed'), file.size, () => this.drop(chip));
    this.list.append(chip.item);
    const { done, stop } = api.upload(file, (part) => chip.progress(part));
    this.files.set(chip, { stop });
    this.changed();
    done.then(
      (kept) => {
        if (!this.files.has(chip)) return;
        this.files.set(chip, { kept });
        chip.complete();
        this.changed();
      },
      (failure) => {
        if (!this.files.has(chip) || failure.status === -1) return;
        this.files.set(chip, { failed: true });
        chip.failed(failure.message || t('web.file.broken'), () => {
          this.drop(chip);
          this.upload(file);
        });
        this.changed();
      },
    );
  }

  drop(chip) {
    this.files.get(chip)?.stop?.();
    this.files.delete(chip);
    const next = chip.item.nextElementSibling?.querySelector('button') || this.text;
    chip.item.remove();
    this.changed();
    next.focus();
  }

  send() {
    const entries = [...this.files.values()];
    if (entries.some((entry) => entry.stop)) {
      this.trouble(t('web.file.wait'));
      return;
    }
    if (entries.some((entry) => entry.failed)) {
      this.trouble(t('web.file.failed'));
      return;
    }
    const text = this.text.value.trim();
    const files = entries.map((entry) => entry.kept);
    if (!text && !files.length) {
      this.text.focus();
      return;
    }
    if (!this.outbox.add(text, files)) {
      this.trouble(t('web.full'));
      return;
    }
    this.text.value = '';
    this.files.clear();
    this.list.replaceChildren();
    this.trouble('');
    this.changed();
    this.text.focus();
  }

  stop() {
    this.outbox.add('/cancel', []);
  }

  trouble(text) {
    this.troubleLine.textContent = text;
  }

  changed() {
    // An own height only where the browser cannot do it by itself.
    if (!CSS.supports('field-sizing', 'content')) {
      this.text.rows = Math.min(8, Math.max(1, this.text.value.split('\n').length));
    }
    const kept = [...this.files.values()].filter((entry) => entry.kept).map((entry) => entry.kept);
    this.form.classList.toggle('ready', this.text.value.trim() !== '' || kept.length > 0);
    const draft = { visitor: this.visitor, text: this.text.value, files: kept };
    if (draft.text || kept.length) localStorage.setItem(DRAFT, JSON.stringify(draft));
    else localStorage.removeItem(DRAFT);
  }

  restore() {
    try {
      const draft = JSON.parse(localStorage.getItem(DRAFT) || 'null');
      if (draft?.visitor !== this.visitor) return;
      this.text.value = draft.text;
      for (const kept of draft.files) {
        const chip = new Chip(kept.name, kept.size, () => this.drop(chip));
        chip.complete();
        this.list.append(chip.item);
        this.files.set(chip, { kept });
      }
      this.changed();
    } catch {
      // an unreadable draft is none
    }
  }
}

class Chip {
  constructor(name, bytes, drop) {
    this.item = document.createElement('li');
    const label = document.createElement('span');
    label.className = 'name';
    label.textContent = name;
    this.state = document.createElement('span');
    this.state.className = 'size';
    this.state.textContent = size(bytes);
    this.bytes = bytes;
    this.bar = document.createElement('progress');
    this.bar.max = 1;
    this.bar.value = 0;
    this.bar.setAttribute('aria-label', t('web.file.progress', name));
    const cancel = document.createElement('button');
    cancel.type = 'button';
    cancel.className = 'plain';
    cancel.textContent = '×';
    cancel.setAttribute('aria-label', t('web.file.remove', name));
    cancel.addEventListener('click', drop);
    this.item.append(label, this.state, this.bar, cancel);
  }

  progress(part) {
    this.bar.value = part;
    this.state.textContent = Math.round(100 * part) + ' %';
  }

  complete() {
    this.bar.remove();
    this.state.textContent = size(this.bytes);
    this.item.classList.add('complete');
  }

  failed(reason, again) {
    this.bar.remove();
    this.state.textContent = reason;
    this.item.classList.add('failed');
    const retry = document.createElement('button');
    retry.type = 'button';
    retry.className = 'quiet';
    retry.textContent = t('web.again');
    retry.addEventListener('click', again);
    this.item.lastElementChild.before(retry);
  }
}
