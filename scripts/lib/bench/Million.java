import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A burst of a million documents, on paper and simulated event by event: `Million PRICES REGION DOCUMENTS SEED`.
///
/// The assumptions stand in [Plan] and [Work]; the paper's formula is [Paper]. Both sides count the same requests, so they differ in time
/// and in what retries, cold starts and half-full batches add.
final class Million {

  /// What one document is, and how long its parts take.
  record Work(
      int pages, double inBytes, double outBytes, double ioSeconds, double pageSeconds, double coldSeconds, double failing, double crashing) {

    /// 10 pages; 3 GB-s for 100 pages at 1,769 MB; S3 both ways 60 ms; two in a thousand fail once, one batch in 100,000 dies.
    static final Work TEN_PAGES = new Work(10, 200e3, 60e3, 0.060, 3.0 / 100 / GIGABYTES, 1.5, 0.002, 1e-5);

    double seconds() {
      return ioSeconds + pages * pageSeconds;
    }
  }

  /// The setting of a run.
  ///
  /// @param inFlight burst.aws.concurrency of each device
  /// @param upload bytes a second of each device
  /// @param index documents a second that a device stores
  /// @param concurrency MaximumConcurrency of the plant
  /// @param quota what the account lets the function run at once; the same where it is reserved
  record Plan(String name, int devices, int inFlight, double upload, double index, int concurrency, int quota) {}

  private static final List<Plan> PLANS = List.of(
      new Plan("as delivered: 1 Pi, 50 Mbit/s up", 1, 64, 50e6 / 8, 60, 10, 10),
      new Plan("1 Pi, 1 Gbit/s up, 1,000 in flight", 1, 1000, 1e9 / 8, 60, 10, 10),
      new Plan("10 Pis, 100 Mbit/s up each, 1,000 in flight", 10, 1000, 100e6 / 8, 60, 100, 100),
      new Plan("the same, not reserved, quota of the account 50", 10, 1000, 100e6 / 8, 60, 100, 50),
      new Plan("40 Pis, 1 Gbit/s up each, 1,000 in flight", 40, 1000, 1e9 / 8, 60, 1000, 1000));

  private static final double GIGABYTES = 1769.0 / 1024;
  private static final int BATCH = 10;
  private static final double WINDOW = 1;
  private static final double VISIBILITY = 800;
  private static final int RECEIVES = 5;

  /// Lambda begins with five batches and adds up to 300 a minute; 1,000 is the most one event source runs.
  private static final int FIRST_POLLERS = 5;

  private static final double POLLERS_A_SECOND = 300.0 / 60;
  private static final double POLL_SECONDS = 0.05;

  private Million() {}

  public static void main(String[] arguments) throws IOException {
    Map<String, Double> prices = prices(Path.of(arguments[0]), arguments[1]);
    int documents = Integer.parseInt(arguments[2]);
    long seed = Long.parseLong(arguments[3]);
    System.out.printf(Locale.ROOT, "%,d documents of %d pages, %.0f KB in, %.0f KB out; region %s, seed %d.%n%n",
        documents, Work.TEN_PAGES.pages(), Work.TEN_PAGES.inBytes() / 1e3, Work.TEN_PAGES.outBytes() / 1e3, arguments[1], seed);
    System.out.println("| setting | | hours | hours for 99.9 % | documents/s | held up by | batches at once | cold starts | SQS requests/document | GB-s/document | USD | USD per 1,000 |");
    System.out.println("| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |");
    Count last = null;
    for (Plan plan : PLANS) {
      Paper paper = Paper.of(plan, Work.TEN_PAGES, documents);
      row(plan.name(), "paper", paper.count(), paper.limit(), documents, prices);
      Simulation simulation = new Simulation(plan, Work.TEN_PAGES, documents, seed);
      last = simulation.run();
      row("", "simulated", last, simulation.outcome(), documents, prices);
    }
    System.out.println();
    System.out.println("Of the last run's cost, in USD:");
    System.out.println();
    System.out.println("| item | quantity | USD |");
    System.out.println("| --- | --- | --- |");
    for (Map.Entry<String, Double> item : last.quantities().entrySet()) {
      System.out.printf(Locale.ROOT, "| %s | %,.2f | %.2f |%n", item.getKey(), item.getValue(), item.getValue() * prices.get(item.getKey()));
    }
  }

  private static void row(String name, String kind, Count count, String limit, int documents, Map<String, Double> prices) {
    double cost = count.cost(prices);
    System.out.printf(Locale.ROOT, "| %s | %s | %.2f | %.2f | %.1f | %s | %d | %d | %.2f | %.3f | %.2f | %.4f |%n",
        name, kind, count.seconds / 3600, count.mostSeconds / 3600, documents / count.seconds, limit, count.peak, count.cold,
        count.sqs / documents, count.gbSeconds / documents, cost, cost * 1000 / documents);
  }

  /// The region's prices, and zero for nothing: an unknown price ends the run.
  private static Map<String, Double> prices(Path file, String region) throws IOException {
    String text = Files.readString(file);
    int start = text.indexOf("\"" + region + "\"");
    if (start < 0) {
      throw new IOException(file + " has no prices of " + region);
    }
    Map<String, Double> prices = new LinkedHashMap<>();
    Matcher price = Pattern.compile("\"(\\w+)\":\\s*([0-9.]+)").matcher(text.substring(start, text.indexOf('}', start)));
    while (price.find()) {
      prices.put(price.group(1), Double.valueOf(price.group(2)));
    }
    return prices;
  }

  /// What was used.
  private static final class Count {
    double seconds;
    double mostSeconds;
    int peak;
    int cold;
    double gbSeconds;
    double invocations;
    double puts;
    double gets;
    double sqs;
    double storedByteSeconds;
    double outBytes;
    double logBytes;

    Map<String, Double> quantities() {
      Map<String, Double> quantities = new LinkedHashMap<>();
      quantities.put("gbSecond", gbSeconds);
      quantities.put("invoke", invocations);
      quantities.put("s3Put", puts);
      quantities.put("s3Get", gets);
      quantities.put("s3GbMonth", storedByteSeconds / 1e9 / (730 * 3600));
      quantities.put("sqs", sqs);
      quantities.put("logGb", logBytes / 1e9);
      quantities.put("trace", seconds + 0.05 * invocations);
      quantities.put("outGb", outBytes / 1e9);
      return quantities;
    }

    double cost(Map<String, Double> prices) {
      return quantities().entrySet().stream().mapToDouble(item -> item.getValue() * prices.get(item.getKey())).sum();
    }
  }

  /// The formula.
  private record Paper(Count count, String limit) {

    static Paper of(Plan plan, Work work, int documents) {
      double each = work.seconds();
      // Upload, half the window and half a batch before it is done, one poll; as long as nothing queues.
      double alone = work.inBytes() / plan.upload() + WINDOW / 2 + (BATCH + 1) / 2.0 * each + POLL_SECONDS + 1 / plan.index();
      Map<String, Double> rates = new LinkedHashMap<>();
      rates.put("upload", plan.devices() * plan.upload() / work.inBytes());
      rates.put("documents in flight", plan.devices() * plan.inFlight() / alone);
      int functions = Math.min(plan.concurrency(), plan.quota());
      rates.put("functions", functions / each);
      rates.put("storing on the edge", plan.devices() * plan.index());
      Map.Entry<String, Double> least = rates.entrySet().stream().min(Map.Entry.comparingByValue()).orElseThrow();
      int batches = (int) Math.min(functions, Math.ceil(least.getValue() * each));
      double ramp = Math.max(0, batches - FIRST_POLLERS) / POLLERS_A_SECOND / 2;
      Count count = new Count();
      count.seconds = documents / least.getValue() + ramp + alone;
      count.mostSeconds = 0.999 * documents / least.getValue() + ramp + alone;
      count.peak = batches;
      count.cold = batches;
      count.gbSeconds = GIGABYTES * (documents * each + batches * work.coldSeconds());
      count.invocations = Math.ceil(documents / (double) BATCH);
      count.puts = 2.0 * documents;
      count.gets = 2.0 * documents;
      // Jobs sent, received and deleted, results received and deleted by ten; each result sent alone.
      count.sqs = documents * (1 + 5.0 / BATCH);
      count.storedByteSeconds = documents * alone * (work.inBytes() + work.outBytes());
      count.outBytes = documents * work.outBytes();
      count.logBytes = documents * 200.0;
      return new Paper(count, least.getKey());
    }
  }

  /// Events in the order of their time: a binary heap of primitives.
  private static final class Agenda {
    private double[] times = new double[1 << 12];
    private long[] events = new long[1 << 12];
    private int size;

    void add(double time, long event) {
      if (size == times.length) {
        times = Arrays.copyOf(times, 2 * size);
        events = Arrays.copyOf(events, 2 * size);
      }
      int place = size++;
      while (place > 0 && times[(place - 1) / 2] > time) {
        times[place] = times[(place - 1) / 2];
        events[place] = events[(place - 1) / 2];
        place = (place - 1) / 2;
      }
      times[place] = time;
      events[place] = event;
    }

    boolean isEmpty() {
      return size == 0;
    }

    double time() {
      return times[0];
    }

    long take() {
      long first = events[0];
      double time = times[--size];
      long event = events[size];
      int place = 0;
      for (int child = 1; child < size; child = 2 * place + 1) {
        if (child + 1 < size && times[child + 1] < times[child]) {
          child++;
        }
        if (times[child] >= time) {
          break;
        }
        times[place] = times[child];
        events[place] = events[child];
        place = child;
      }
      times[place] = time;
      events[place] = event;
      return first;
    }
  }

  /// One run. Every document is uploaded, queued, parsed in a batch, and stored once, however often it was delivered.
  private static final class Simulation {

    private static final int UPLOADED = 0;
    private static final int QUEUED = 1;
    private static final int TICK = 2;
    private static final int PARSED = 3;
    private static final int BATCH_ENDED = 4;
    private static final int POLL = 5;
    private static final int STORED = 6;

    private final Plan plan;
    private final Work work;
    private final int documents;
    private final SplittableRandom random;
    private final Agenda agenda = new Agenda();
    private final Count count = new Count();
    private final byte[] receives;
    private final boolean[] stored;
    private final double[] since;
    private final ArrayDeque<Integer> jobs = new ArrayDeque<>();
    private final ArrayDeque<Double> arrivals = new ArrayDeque<>();
    private final int[] next;
    private final int[] inFlight;
    private final boolean[] uploading;
    private final boolean[] polling;
    private final double[] storeFree;
    private final List<ArrayDeque<Integer>> results;
    private double now;
    private double pollers = FIRST_POLLERS;
    private double scaledAt;
    private double tickAt = -1;
    private int running;
    private int warm;
    private int done;
    private int retries;
    private int duplicates;
    private int throttles;
    private double askedAgain;
    private int longestQueue;

    Simulation(Plan plan, Work work, int documents, long seed) {
      this.plan = plan;
      this.work = work;
      this.documents = documents;
      this.random = new SplittableRandom(seed);
      receives = new byte[documents];
      stored = new boolean[documents];
      since = new double[documents];
      next = new int[plan.devices()];
      inFlight = new int[plan.devices()];
      uploading = new boolean[plan.devices()];
      polling = new boolean[plan.devices()];
      storeFree = new double[plan.devices()];
      results = java.util.stream.IntStream.range(0, plan.devices()).mapToObj(device -> new ArrayDeque<Integer>()).toList();
    }

    Count run() {
      for (int device = 0; device < plan.devices(); device++) {
        next[device] = device;
        upload(device);
      }
      while (done < documents && !agenda.isEmpty()) {
        now = agenda.time();
        long event = agenda.take();
        int subject = (int) (event >>> 3);
        switch ((int) (event & 7)) {
          case UPLOADED -> uploaded(subject);
          case QUEUED -> queued(subject);
          case TICK -> dispatch();
          case PARSED -> parsed(subject);
          case BATCH_ENDED -> ended();
          case POLL -> poll(subject);
          default -> store(subject);
        }
      }
      if (done != documents) {
        throw new IllegalStateException(done + " of " + documents + " documents were stored");
      }
      count.seconds = now;
      count.outBytes = documents * work.outBytes();
      count.logBytes = documents * 200.0;
      // Jobs are sent by ten; results are received and deleted as the polls went.
      count.sqs += documents / (double) BATCH;
      count.puts += documents;
      return count;
    }

    String outcome() {
      return "%,d again, %,d twice, %,d throttles, longest queue %,d".formatted(retries, duplicates, throttles, longestQueue);
    }

    private void at(double time, int kind, int subject) {
      agenda.add(time, (long) subject << 3 | kind);
    }

    /// Log-normal with this mean; the spread is that of document sizes and parse times, many small and few large.
    private double around(double mean) {
      double gauss = Math.sqrt(-2 * Math.log(1 - random.nextDouble())) * Math.cos(2 * Math.PI * random.nextDouble());
      return mean * Math.exp(0.7 * gauss - 0.245);
    }

    private void upload(int device) {
      if (!uploading[device] && inFlight[device] < plan.inFlight() && next[device] < documents) {
        uploading[device] = true;
        inFlight[device]++;
        int document = next[device];
        next[device] += plan.devices();
        since[document] = now;
        at(now + around(work.inBytes()) / plan.upload(), UPLOADED, document);
      }
    }

    private void uploaded(int document) {
      int device = document % plan.devices();
      uploading[device] = false;
      at(now + POLL_SECONDS, QUEUED, document);
      upload(device);
    }

    private void queued(int document) {
      jobs.add(document);
      arrivals.add(now);
      longestQueue = Math.max(longestQueue, jobs.size());
      dispatch();
    }

    /// The event source: full batches at once, others when their first message has waited for the window.
    private void dispatch() {
      if (running >= (int) pollers && jobs.size() >= BATCH) {
        pollers = Math.min(plan.concurrency(), pollers + (now - scaledAt) * POLLERS_A_SECOND);
      }
      scaledAt = now;
      int allowed = Math.min(plan.concurrency(), (int) pollers);
      while (running < allowed && !jobs.isEmpty() && (jobs.size() >= BATCH || now >= arrivals.peek() + WINDOW)) {
        if (running >= plan.quota()) { // refused: the poller asks again a little later, the messages stay with it
          throttles += now >= askedAgain ? 1 : 0;
          askedAgain = now >= askedAgain ? now + 1 : askedAgain;
          allowed = running;
        } else {
          invoke();
        }
      }
      if (!jobs.isEmpty() && tickAt <= now) {
        tickAt = running < allowed ? Math.max(now, arrivals.peek() + WINDOW) : now + 0.2;
        at(tickAt, TICK, 0);
      }
    }

    private void invoke() {
      running++;
      count.peak = Math.max(count.peak, running);
      count.invocations++;
      count.sqs++; // received by ten
      double begin = now;
      double end = now + 0.01;
      if (warm > 0) {
        warm--;
      } else {
        count.cold++;
        end += around(work.coldSeconds());
      }
      boolean dies = random.nextDouble() < work.crashing();
      int fate = dies ? random.nextInt(BATCH) : BATCH;
      boolean any = false;
      for (int place = 0; place < BATCH && !jobs.isEmpty(); place++) {
        int document = jobs.poll();
        arrivals.poll();
        receives[document]++;
        if (place >= fate) { // seen again when nobody has deleted it for the visibility
          retries++;
          at(begin + VISIBILITY, QUEUED, document);
          continue;
        }
        count.gets++;
        end += around(work.seconds());
        if (receives[document] < RECEIVES && random.nextDouble() < work.failing()) {
          retries++;
          count.sqs++; // its visibility is shortened
          at(end + Math.min(300, 10 * Math.pow(2, receives[document] - 1)), QUEUED, document);
          continue;
        }
        any = true;
        count.puts++;
        count.sqs++;
        at(end, PARSED, document);
        if (dies) { // done, but not deleted: it comes twice
          at(begin + VISIBILITY, QUEUED, document);
        }
      }
      count.sqs += any && !dies ? 1 : 0; // deleted by ten
      count.gbSeconds += GIGABYTES * (end - begin);
      at(end, BATCH_ENDED, 0);
    }

    private void ended() {
      running--;
      warm++;
      dispatch();
    }

    private void parsed(int document) {
      int device = document % plan.devices();
      results.get(device).add(document);
      if (!polling[device]) {
        polling[device] = true;
        at(now + POLL_SECONDS, POLL, device);
      }
    }

    /// The courier's poll brings ten at most; they are fetched, stored one after the other, and deleted by ten.
    private void poll(int device) {
      ArrayDeque<Integer> waiting = results.get(device);
      polling[device] = !waiting.isEmpty();
      if (waiting.isEmpty()) {
        return;
      }
      count.sqs += 2;
      for (int place = 0; place < BATCH && !waiting.isEmpty(); place++) {
        int document = waiting.poll();
        storeFree[device] = Math.max(storeFree[device], now) + 1 / plan.index();
        at(storeFree[device], STORED, document);
      }
      // No more is taken from the queue than can be stored soon.
      at(Math.max(now + POLL_SECONDS, storeFree[device] - 1), POLL, device);
    }

    private void store(int document) {
      if (stored[document]) {
        duplicates++;
        return;
      }
      stored[document] = true;
      done++;
      if (done == documents - documents / 1000) {
        count.mostSeconds = now;
      }
      count.gets++;
      count.storedByteSeconds += (now - since[document]) * (work.inBytes() + work.outBytes());
      int device = document % plan.devices();
      inFlight[device]--;
      upload(device);
    }
  }
}
