package dev.odometer.postgres.archive;

import dev.odometer.functions.file.FileContent;
import dev.odometer.functions.file.FileName;
import dev.odometer.functions.file.FileStore;
import org.jspecify.annotations.Nullable;

/** A file store in which the process can end before and within a write, and before a read. */
record CrashingFiles(FileStore files, CrashingSource source) implements FileStore {

    @Override
    public FileContent open(FileName name, @Nullable String version, long from) {
        source.step();
        return files.open(name, version, from);
    }

    @Override
    public void write(FileName name, String contentType, Content content) {
        source.step();
        files.write(name, contentType, content);
        source.step();
    }

    @Override
    public void delete(FileName name) {
        source.step();
        files.delete(name);
    }
}
