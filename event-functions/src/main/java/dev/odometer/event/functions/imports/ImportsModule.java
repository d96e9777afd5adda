package dev.odometer.event.functions.imports;

import dev.odometer.functions.binding.Binding;
import dev.odometer.functions.binding.Bindings;
import dev.odometer.functions.binding.Documents;
import dev.odometer.functions.file.FileStore;
import dev.odometer.metering.imports.Imports;
import java.time.Clock;
import java.util.List;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;

/** Imports of files, enabled where a file store is set. An invalid setting prevents the start. */
@AutoConfiguration
@ConditionalOnProperty("odometer.files.store")
public class ImportsModule {

    private final Environment environment;

    ImportsModule(Environment environment) {
        this.environment = environment;
    }

    @Bean
    Bindings fileBindings() {
        return new Bindings(List.of(Binding.files("files", "importUsageFile")));
    }

    @Bean
    ImportUsageFile importUsageFile(FileStore store, Imports imports, Documents documents, Clock clock) {
        var settings = ImportSettings.from(environment::getProperty);
        return new ImportUsageFile(new ImportSource(store, documents, settings, clock), imports);
    }
}
