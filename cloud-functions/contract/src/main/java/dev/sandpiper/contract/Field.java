package dev.sandpiper.contract;

/// The contract's field names, each written once.
final class Field {
  static final String V = "v";
  static final String TYPE = "type";
  static final String REQUEST_ID = "requestId";
  static final String DOCUMENT = "document";
  static final String NAME = "name";
  static final String SHA256 = "sha256";
  static final String SIZE = "size";
  static final String MEDIA_TYPE = "mediaType";
  static final String SOURCE = "source";
  static final String INLINE = "inline";
  static final String S3 = "s3";
  static final String BUCKET = "bucket";
  static final String KEY = "key";
  static final String VERSION_ID = "versionId";
  static final String FILE = "file";
  static final String PAGES = "pages";
  static final String FIRST = "first";
  static final String LAST = "last";
  static final String OUTPUTS = "outputs";
  static final String PARTS = "parts";
  static final String RESULT = "result";
  static final String LIMITS = "limits";
  static final String MAX_BYTES = "maxBytes";
  static final String MAX_PAGES = "maxPages";
  static final String MAX_DECOMPRESSED_BYTES = "maxDecompressedBytes";
  static final String MAX_NESTING = "maxNesting";
  static final String MAX_CELLS = "maxCells";
  static final String MAX_CHARACTERS = "maxCharacters";
  static final String WALL_MILLIS = "wallMillis";
  static final String SPLIT = "split";
  static final String MAX_PARTS = "maxParts";
  static final String MIN_PART_MILLIS = "minPartMillis";
  static final String METADATA = "metadata";
  static final String TITLE = "title";
  static final String AUTHORS = "authors";
  static final String CREATED = "created";
  static final String MODIFIED = "modified";
  static final String LANGUAGE = "language";
  static final String PRODUCER = "producer";
  static final String PROPERTIES = "properties";
  static final String PAGE_COUNT = "pageCount";
  static final String WARNINGS = "warnings";
  static final String CODE = "code";
  static final String MESSAGE = "message";
  static final String PLACE = "place";
  static final String USAGE = "usage";
  static final String CPU_MILLIS = "cpuMillis";
  static final String BYTES_IN = "bytesIn";
  static final String COLD_START = "coldStart";
  static final String STORED = "stored";
  static final String RANGES = "ranges";
  static final String REASON = "reason";
  static final String CONTENT = "content";
  static final String MARKDOWN = "markdown";
  static final String BLOCKS = "blocks";
  static final String CHUNKS = "chunks";
  static final String ID = "id";
  static final String ORDINAL = "ordinal";
  static final String HEADINGS = "headings";
  static final String TEXT = "text";

  private Field() {}
}
