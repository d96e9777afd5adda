package dev.odometer.event.functions.imports;

import dev.odometer.functions.binding.Documents;
import dev.odometer.functions.file.FileStore;
import java.time.Clock;

/** The dependencies of reading files. */
public record ImportSource(FileStore store, Documents documents, ImportSettings settings, Clock clock) {}
