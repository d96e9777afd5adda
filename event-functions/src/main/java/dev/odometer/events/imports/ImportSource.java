package dev.odometer.events.imports;

import dev.odometer.binding.Documents;
import dev.odometer.file.FileStore;
import java.time.Clock;

/** What reading files takes, besides the files. */
public record ImportSource(FileStore store, Documents documents, ImportSettings settings, Clock clock) {}
