/// Chat completions and embeddings as OpenAI speaks them, and Groq, DeepSeek, OpenRouter, vLLM, LM
/// Studio, Ollama and many others with accents of their own.
///
/// Called by: wiring. Calls: `llm.wire`. Invariant: an accent is a row of data or is learnt from a
/// complaint; the code knows none by name.
@NullMarked
package dev.sandpiper.edge.llm.openai;

import org.jspecify.annotations.NullMarked;
