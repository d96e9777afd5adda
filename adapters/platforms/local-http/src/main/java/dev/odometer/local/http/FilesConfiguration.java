package dev.odometer.local.http;

import dev.odometer.door.batch.BatchDoor;
import dev.odometer.door.batch.BatchProcessor;
import dev.odometer.door.json.Json;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/** Configures the watched folder, if the file store is a folder. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty(name = "odometer.files.store", havingValue = "folder")
class FilesConfiguration {

    @Bean
    FolderWatch folderWatch(BatchDoor door, BatchProcessor processor, Json json, Environment environment) {
        return new FolderWatch(door, processor, json, environment);
    }
}
