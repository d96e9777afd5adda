package dev.odometer.postgres;

import dev.odometer.functions.file.FileStore;
import dev.odometer.metering.archive.EventArchive;
import dev.odometer.postgres.archive.ArchiveFiles;
import java.util.Optional;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.core.env.Environment;

/** The archive of events, in {@code odometer.archive.container} with {@code odometer.archive.prefix} (events/). */
@Configuration(proxyBeanMethods = false)
class ArchivePort {

    @Bean
    @Lazy
    EventArchive eventArchive(PostgresStore store) {
        return store.archive();
    }

    /** @param store resolved only when a file is read or written */
    static ArchiveFiles files(Environment environment, ObjectProvider<FileStore> store) {
        return new ArchiveFiles(
                () -> Optional.ofNullable(store.getIfAvailable()),
                environment.getProperty("odometer.archive.container", ""),
                environment.getProperty("odometer.archive.prefix", "events/"));
    }
}
