package dev.sandpiper.edge.courier;

import dev.sandpiper.contract.ObjectKeys;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/// Which documents lie in the cloud, and for how many tasks: one that several need (the parts of a
/// large PDF) is laid down once, and goes when the last is done.
///
/// Only this device writes below its prefix, and only one courier runs on a device: what is known
/// here is all there is to know.
final class Documents {

  /// Lays a document down.
  interface Upload {
    void run() throws InterruptedException;
  }

  private enum State {
    /// Not there, or nobody knows.
    ABSENT,
    /// On its way.
    UPLOADING,
    /// There.
    PRESENT,
    /// There, and marked to be deleted; whoever needs it now keeps it.
    DOOMED,
    /// As [#DOOMED], of an earlier life: it may be gone already. Whoever needs it lays it down.
    DOUBTFUL,
    /// Its deletion is on the way: whoever needs it waits, and lays it down again.
    DELETING
  }

  private static final class Entry {
    private State state = State.ABSENT;
    private int users;

    /// What waits for its end.
    private final List<Runnable> afterwards = new ArrayList<>();
  }

  private final ObjectKeys keys;
  private final Consumer<String> doom;
  private final Map<String, Entry> entries = new HashMap<>();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();

  /// @param doom marks a key to be deleted soon
  Documents(ObjectKeys keys, Consumer<String> doom) {
    this.keys = keys;
    this.doom = doom;
  }

  /// Makes sure that a document is there until it is given back.
  ///
  /// @param upload lays it down; what it throws reaches the caller, and the document is not held
  void take(String sha256, Upload upload) throws InterruptedException {
    if (!mustUpload(sha256)) {
      return;
    }
    boolean done = false;
    try {
      upload.run();
      done = true;
    } finally {
      uploaded(sha256, done);
    }
  }

  /// Holds the document for one more task.
  ///
  /// @return whether the caller must lay it down
  private boolean mustUpload(String sha256) throws InterruptedException {
    List<Runnable> rescued = new ArrayList<>();
    try {
      return mustUpload(sha256, rescued);
    } finally {
      rescued.forEach(Runnable::run);
    }
  }

  private boolean mustUpload(String sha256, List<Runnable> rescued) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      Entry entry = entries.computeIfAbsent(key(sha256), _ -> new Entry());
      entry.users++;
      try {
        while (true) {
          switch (entry.state) {
            case PRESENT -> {
              return false;
            }
            case DOOMED -> {
              entry.state = State.PRESENT;
              rescued.addAll(entry.afterwards);
              entry.afterwards.clear();
              return false;
            }
            case DOUBTFUL -> {
              entry.state = State.UPLOADING;
              rescued.addAll(entry.afterwards);
              entry.afterwards.clear();
              return true;
            }
            case ABSENT -> {
              entry.state = State.UPLOADING;
              return true;
            }
            case UPLOADING, DELETING -> changed.await();
          }
        }
      } catch (InterruptedException e) {
        entry.users--;
        throw e;
      }
    } finally {
      lock.unlock();
    }
  }

  private void uploaded(String sha256, boolean done) {
    lock.lock();
    try {
      String key = key(sha256);
      Entry entry = entries.get(key);
      if (entry == null) {
        throw new IllegalStateException("an upload without an entry: " + key);
      }
      entry.state = done ? State.PRESENT : State.ABSENT;
      if (!done) {
        entry.users--;
        if (entry.users == 0) {
          entries.remove(key);
        }
      }
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /// One task is done with the document.
  ///
  /// @param afterwards runs when the document is gone, or at once when others need it
  void giveBack(String sha256, Runnable afterwards) {
    String key = key(sha256);
    lock.lock();
    try {
      Entry entry = entries.get(key);
      if (entry != null) {
        entry.users--;
        if (entry.users == 0 && entry.state == State.PRESENT) {
          entry.state = State.DOOMED;
          entry.afterwards.add(afterwards);
          doom.accept(key);
          return;
        }
      }
    } finally {
      lock.unlock();
    }
    afterwards.run();
  }

  /// A document of an earlier life: it goes, unless somebody needs the same one now.
  ///
  /// @param afterwards runs when the document is gone, or at once when somebody needs it
  void forget(String sha256, Runnable afterwards) {
    String key = key(sha256);
    lock.lock();
    try {
      Entry entry = entries.get(key);
      if (entry == null) {
        entry = new Entry();
        entry.state = State.DOUBTFUL;
        entries.put(key, entry);
        doom.accept(key);
      }
      switch (entry.state) {
        case DOOMED, DOUBTFUL, DELETING -> {
          entry.afterwards.add(afterwards);
          return;
        }
        case ABSENT, UPLOADING, PRESENT -> {
          // somebody needs it
        }
      }
    } finally {
      lock.unlock();
    }
    afterwards.run();
  }

  /// Those of the marked documents that nobody needs by now; they must be deleted at once.
  List<String> toDelete(List<String> marked) {
    List<String> free = new ArrayList<>();
    lock.lock();
    try {
      for (String key : marked) {
        Entry entry = entries.get(key);
        if (entry != null && (entry.state == State.DOOMED || entry.state == State.DOUBTFUL)) {
          entry.state = State.DELETING;
          free.add(key);
        }
      }
    } finally {
      lock.unlock();
    }
    return free;
  }

  /// The deletion is over.
  ///
  /// @param gone whether they are gone; what stays expires by the bucket's own rule
  void deleted(List<String> keys, boolean gone) {
    List<Runnable> next = new ArrayList<>();
    lock.lock();
    try {
      for (String key : keys) {
        Entry entry = entries.get(key);
        if (entry == null) {
          continue;
        }
        if (gone) {
          next.addAll(entry.afterwards);
        }
        entry.afterwards.clear();
        if (entry.users > 0) {
          entry.state = State.ABSENT;
        } else {
          entries.remove(key);
        }
      }
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    next.forEach(Runnable::run);
  }

  String key(String sha256) {
    return keys.document(sha256);
  }
}
