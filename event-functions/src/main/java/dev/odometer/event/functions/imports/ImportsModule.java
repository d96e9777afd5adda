package dev.odometer.event.functions.imports;

import dev.odometer.functions.binding.Binding;
import dev.odometer.functions.binding.Bindings;
import dev.odometer.functions.binding.Documents;
import dev.odometer.functions.file.FileStore;
import dev.odometer.functions.refusal.StartRefusal;
import dev.odometer.metering.imports.Imports;
import java.time.Clock;
import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
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

    private FileStore missing() {
        throw new StartRefusal("odometer.files.store names no file store of this deployment: "
                + environment.getProperty("odometer.files.store"));
    }

    @Bean
    ImportUsageFile importUsageFile(
            ObjectProvider<FileStore> store, Imports imports, Documents documents, Clock clock) {
        var settings = ImportSettings.from(environment::getProperty);
        return new ImportUsageFile(
                new ImportSource(store.getIfAvailable(this::missing), documents, settings, clock), imports);
    }
}
