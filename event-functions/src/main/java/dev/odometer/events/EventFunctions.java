package dev.odometer.events;

import dev.odometer.binding.Binding;
import dev.odometer.binding.Binding.Mode;
import dev.odometer.binding.Binding.Ordering;
import dev.odometer.binding.Binding.Payload;
import dev.odometer.binding.Bindings;
import dev.odometer.binding.Documents;
import dev.odometer.events.imports.ImportSettings;
import dev.odometer.events.imports.ImportSource;
import dev.odometer.events.imports.ImportUsageFile;
import dev.odometer.file.FileStore;
import dev.odometer.imports.Imports;
import dev.odometer.resource.MicrosecondClock;
import dev.odometer.usage.UsageLog;
import java.time.Clock;
import java.util.List;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;

/** The functions of this module, by the names that bindings call them; the ports they need come from an adapter. */
@AutoConfiguration
public class EventFunctions {

    @Bean
    @ConditionalOnMissingBean
    public Clock clock() {
        return MicrosecondClock.utc();
    }

    @Bean
    public RecordUsage recordUsage(UsageLog log, Clock clock) {
        return new RecordUsage(log, clock);
    }

    /** By key, so that of two events with one identity the first sent is the one that counts. */
    @Bean
    public Bindings eventBindings() {
        return new Bindings(List.of(new Binding(
                "usage", "recordUsage", Payload.EVENTS, Mode.BATCH, Ordering.BY_KEY, 5, "usage.parked", true)));
    }

    /** Only where files can be read; a wrong setting stops the start. */
    @Bean
    @ConditionalOnProperty("odometer.files.store")
    public ImportSource importSource(FileStore store, Documents documents, Environment environment, Clock clock) {
        return new ImportSource(store, documents, ImportSettings.from(environment::getProperty), clock);
    }

    @Bean
    @ConditionalOnProperty("odometer.files.store")
    public ImportUsageFile importUsageFile(ImportSource source, Imports imports) {
        return new ImportUsageFile(source, imports);
    }

    @Bean
    @ConditionalOnProperty("odometer.files.store")
    public Bindings fileBindings() {
        return new Bindings(List.of(new Binding(
                "files", "importUsageFile", Payload.FILES, Mode.ITEM, Ordering.NONE, 5, "files.parked", true)));
    }
}
