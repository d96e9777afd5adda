package dev.odometer.files.folder;

import dev.odometer.functions.file.FileStore;
import dev.odometer.functions.refusal.StartRefusal;
import java.nio.file.Path;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;

/**
 * Configures the file store in the folder {@code odometer.files.folder}. It is active when {@code odometer.files.store}
 * is {@code folder}.
 */
@AutoConfiguration
@ConditionalOnProperty(name = "odometer.files.store", havingValue = "folder")
public class FolderConfiguration {

    /** @throws StartRefusal when {@code odometer.files.folder} is not set */
    @Bean
    FileStore folderFileStore(Environment environment) {
        String folder = environment.getProperty("odometer.files.folder", "").strip();
        if (folder.isEmpty()) {
            throw new StartRefusal("odometer.files.store is folder, but odometer.files.folder is not set");
        }
        return new FolderFileStore(Path.of(folder));
    }
}
