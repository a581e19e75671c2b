// Generated from the OpenAPI document by scripts/generate-api.mjs; not edited by hand.
export interface paths {
    "/audit": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Acts of users, newest first
         * @description Permission: `audit.read`; by token also `api.audit.get`.
         */
        get: operations["listAudit"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth/invalidate_token": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * End the access token of this call
         * @description Permission: none but a credential; by token also `api.auth.invalidate_token.post`.
         */
        post: operations["invalidateToken"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth/oauth_password": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Get an access token for a user name and a password
         * @description The token goes into `Authorization: Bearer`. Each call renews it; unused it dies after `expires_in` seconds.
         *
         *     Needs no credential.
         */
        post: operations["passwordGrant"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth/session": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Sign in to the console
         * @description Sets the cookie `provost_session`. Requests by cookie that change something carry `csrfToken` in the header `X-CSRF-Token`.
         *
         *     Needs no credential.
         */
        post: operations["openSession"];
        /**
         * Sign out of the console
         * @description Permission: none but a credential; by token also `api.auth.session.delete`.
         */
        delete: operations["closeSession"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/devices": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List devices
         * @description All conditions are joined by *and*. With `Accept: text/csv` or `application/x-ndjson` the whole result is streamed (permission `devices.export`).
         *
         *     Permission: `devices.read`; by token also `api.devices.get`.
         */
        get: operations["listDevices"];
        put?: never;
        /**
         * Add a device before it comes
         * @description Permission: `devices.create`; by token also `api.devices.post`.
         */
        post: operations["createDevice"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/devices/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get a device
         * @description Permission: `devices.read`; by token also `api.devices.get`.
         */
        get: operations["getDevice"];
        /**
         * Create or replace what people keep of a device
         * @description Permission: `devices.edit` or `devices.create`; by token also `api.devices.put`.
         */
        put: operations["putDevice"];
        post?: never;
        /**
         * Remove a device with its tasks, reports, logs and tree
         * @description Audit and history stay. A device that comes again is a first contact.
         *
         *     Permission: `devices.delete`; by token also `api.devices.delete`.
         */
        delete: operations["deleteDevice"];
        options?: never;
        head?: never;
        /**
         * Change what people keep of a device
         * @description JSON Merge Patch. Changing domain, groups, properties or the blacklist flag needs its own permission.
         *
         *     Permission: `devices.edit`; by token also `api.devices.patch`.
         */
        patch: operations["patchDevice"];
        trace?: never;
    };
    "/devices/{id}/actions/backup": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Back up the configuration of the device now
         * @description Permission: `device.backup`; by token also `api.devices.actions.backup.post`.
         */
        post: operations["backup"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/devices/{id}/actions/connect": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Ask the device to call in
         * @description Joins a request that is open. With `Prefer: wait=N` the answer comes when the outcome is final, or after N seconds as 202. *Accepted* is not *came*.
         *
         *     Permission: `device.connect`; by token also `api.devices.actions.connect.post`.
         */
        post: operations["connectDevice"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/devices/{id}/actions/download": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Let the device fetch a file
         * @description A plain Download. For firmware and backups the actions of their own know more: versions, verification.
         *
         *     Permission: `tasks.add`; by token also `api.devices.actions.download.post`.
         */
        post: operations["download"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/devices/{id}/actions/factory-reset": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Reset the device to its factory settings
         * @description Permission: `device.connect`; by token also `api.devices.actions.factory-reset.post`.
         */
        post: operations["factoryReset"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/devices/{id}/actions/firmware-upgrade": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Upgrade the firmware of the device
         * @description Permission: `device.firmware`; by token also `api.devices.actions.firmware-upgrade.post`.
         */
        post: operations["firmwareUpgrade"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/devices/{id}/actions/reboot": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Reboot the device
         * @description Permission: `device.connect`; by token also `api.devices.actions.reboot.post`.
         */
        post: operations["reboot"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/devices/{id}/actions/refresh": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Read the whole data model, or parts of it, from the device
         * @description Permission: `device.connect`; by token also `api.devices.actions.refresh.post`.
         */
        post: operations["refresh"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/devices/{id}/actions/restore": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Restore a configuration of the device
         * @description Permission: `device.backup`; by token also `api.devices.actions.restore.post`.
         */
        post: operations["restore"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/devices/{id}/actions/upload": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Let the device send a file: configuration or log
         * @description Permission: `tasks.add`; by token also `api.devices.actions.upload.post`.
         */
        post: operations["upload"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/devices/{id}/blacklist": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Refuse a device, or admit it again
         * @description Permission: `access.blacklist`; by token also `api.devices.blacklist.put`.
         */
        put: operations["setBlacklist"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/devices/{id}/connection-requests": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Connection requests of a device, newest first
         * @description Permission: `devices.read`; by token also `api.devices.connection-requests.get`.
         */
        get: operations["listConnectionRequests"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/devices/{id}/credentials": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Set the credentials of a device; they are never read back
         * @description Permission: `devices.edit`; by token also `api.devices.credentials.put`.
         */
        put: operations["setCredentials"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/devices/{id}/management": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Switch the management of a device on or off
         * @description Permission: `devices.edit`; by token also `api.devices.management.put`.
         */
        put: operations["setManagement"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/devices/{id}/objects/add": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Add an instance to a table of the device
         * @description Permission: `tasks.add`; by token also `api.devices.objects.add.post`.
         */
        post: operations["addObject"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/devices/{id}/objects/delete": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Delete an instance from a table of the device
         * @description Permission: `tasks.add`; by token also `api.devices.objects.delete.post`.
         */
        post: operations["deleteObject"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/devices/{id}/parameters": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The data model of a device as last seen
         * @description Nothing is read from the device. Secret values are masked unless the caller has `secrets.view`.
         *
         *     Permission: `device.tree`; by token also `api.devices.parameters.get`.
         */
        get: operations["listParameters"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/devices/{id}/parameters/get": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Read parameters from the device
         * @description Permission: `tasks.add`; by token also `api.devices.parameters.get.post`.
         */
        post: operations["readParameters"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/devices/{id}/parameters/set": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Set parameters on the device
         * @description Permission: `tasks.add`; by token also `api.devices.parameters.set.post`.
         */
        post: operations["setParameters"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/devices/{id}/queue": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The tasks of a device in the order of their execution
         * @description With *would run now / why not* for each, by the engine’s own function. `at` asks for another time.
         *
         *     Permission: `tasks.view`; by token also `api.devices.queue.get`.
         */
        get: operations["getQueue"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/devices/{id}/sessions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Sessions of a device, newest first
         * @description Permission: `devices.read`; by token also `api.devices.sessions.get`.
         */
        get: operations["listSessions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/devices/{id}/sessions/{sid}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * A session with its RPCs
         * @description Permission: `devices.read`; by token also `api.devices.sessions.get`.
         */
        get: operations["getSession"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/devices/{id}/state": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * How the contact with a device is now
         * @description Permission: `devices.read`; by token also `api.devices.state.get`.
         */
        get: operations["getDeviceState"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/devices/search": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * List devices by a long filter
         * @description Permission: `devices.read`; by token also `api.devices.search.post`.
         */
        post: operations["searchDevices"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Events after a known one
         * @description Without `after` no events, but the id to begin with in `next`. `next` is always the id to go on from; a poll every minute misses nothing.
         *
         *     Permission: `devices.read`; by token also `api.events.get`.
         */
        get: operations["listEvents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/events/stream": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Server-sent events, as they happen
         * @description Resumes after `Last-Event-ID` (header, or `after`). When that is too old to continue from, the first event is of the type `stream.gap`: what is shown must be fetched again.
         *
         *     Permission: `devices.read`; by token also `api.events.stream.get`.
         */
        get: operations["streamEvents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/executions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List task reports
         * @description With `updatedSince` (exclusive) they come in the order of lastUpdateTime, task and device, so that a poll misses nothing and gets nothing twice; else newest first.
         *
         *     Permission: `tasks.view`; by token also `api.executions.get`.
         */
        get: operations["listExecutions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/executions/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get a task report
         * @description Permission: `tasks.view`; by token also `api.executions.get`.
         */
        get: operations["getExecution"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/executions/{id}/history": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Past runs of a task on a device, newest first
         * @description Permission: `tasks.view`; by token also `api.executions.history.get`.
         */
        get: operations["getExecutionHistory"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/executions/{id}/log": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Log lines of a task on a device
         * @description With `Accept: text/plain` all of them as a download.
         *
         *     Permission: `tasks.view`; by token also `api.executions.log.get`.
         */
        get: operations["getExecutionLog"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/health/live": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Whether the process answers
         * @description Needs no credential.
         */
        get: operations["healthLive"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/health/ready": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Whether the parts that are needed answer
         * @description Needs no credential.
         */
        get: operations["healthReady"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/me": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Who is calling, with which permissions
         * @description Permission: none but a credential; by token also `api.me.get`.
         */
        get: operations["getMe"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Change one’s own profile
         * @description Permission: `me.profile`; by token also `api.me.patch`.
         */
        patch: operations["patchMe"];
        trace?: never;
    };
    "/me/password": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Change one’s own password
         * @description Ends all other sessions and access tokens of the user; API tokens stay.
         *
         *     Permission: `me.profile`; by token also `api.me.password.post`.
         */
        post: operations["changePassword"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/meanings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Names that stand for parameters of TR-098 and TR-181 alike
         * @description Permission: none but a credential; by token also `api.meanings.get`.
         */
        get: operations["listMeanings"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/openapi.json": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * This document
         * @description Permission: none but a credential; by token also `api.openapi.json.get`.
         */
        get: operations["getOpenApi"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/resources": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List files, newest first
         * @description Permission: `resources.manage` or `resources.config` or `device.firmware` or `device.backup`; by token also `api.resources.get`.
         */
        get: operations["listResources"];
        put?: never;
        /**
         * Upload a file
         * @description Multipart form: the text fields first, then one part `file`. The file is stored as it comes; over the limit nothing is kept.
         *
         *     Permission: `resources.manage`; by token also `api.resources.post`.
         */
        post: operations["createResource"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/resources/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What is known of a file
         * @description Permission: `resources.manage` or `resources.config` or `device.firmware` or `device.backup`; by token also `api.resources.get`.
         */
        get: operations["getResource"];
        put?: never;
        post?: never;
        /**
         * Delete a file; refused while a task refers to it
         * @description Permission: `resources.manage`; by token also `api.resources.delete`.
         */
        delete: operations["deleteResource"];
        options?: never;
        head?: never;
        /**
         * Change what is known of a file
         * @description Permission: `resources.manage`; by token also `api.resources.patch`.
         */
        patch: operations["patchResource"];
        trace?: never;
    };
    "/resources/{id}/content": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Download a file
         * @description One `Range` of bytes is honoured. Configurations of devices need `resources.config`.
         *
         *     Permission: `resources.manage` or `resources.config` or `device.firmware` or `device.backup`; by token also `api.resources.content.get`.
         */
        get: operations["getResourceContent"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/system": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What runs here
         * @description Permission: none but a credential; by token also `api.system.get`.
         */
        get: operations["getSystem"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/system/jobs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Jobs with next run and last result
         * @description Permission: `system.noc`; by token also `api.system.jobs.get`.
         */
        get: operations["listJobs"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/task-types": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Task types with the schema of their configuration
         * @description Permission: none but a credential; by token also `api.task-types.get`.
         */
        get: operations["listTaskTypes"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/tasks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List tasks, newest first
         * @description Permission: `tasks.view`; by token also `api.tasks.get`.
         */
        get: operations["listTasks"];
        put?: never;
        /**
         * Add a task to the list of a device
         * @description With `Prefer: wait=N` (at most 300) the answer comes when the task has ended: 200 with the report, or 202 when the time is over.
         *
         *     Permission: `tasks.add`; by token also `api.tasks.post`.
         */
        post: operations["createTask"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/tasks/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get a task
         * @description Permission: `tasks.view`; by token also `api.tasks.get`.
         */
        get: operations["getTask"];
        /**
         * Replace the settings and the configuration of a task
         * @description A masked value that is sent back keeps the stored one. Target and type cannot change. The report is kept; a run that is under way ends with the configuration it began with.
         *
         *     Permission: `tasks.edit`; by token also `api.tasks.put`.
         */
        put: operations["putTask"];
        post?: never;
        /**
         * Delete a task and its reports; history and edition log stay
         * @description Permission: `tasks.delete`; by token also `api.tasks.delete`.
         */
        delete: operations["deleteTask"];
        options?: never;
        head?: never;
        /**
         * Change settings or configuration of a task
         * @description JSON Merge Patch of the settings; a given `config` replaces the whole configuration.
         *
         *     Permission: `tasks.edit`; by token also `api.tasks.patch`.
         */
        patch: operations["patchTask"];
        trace?: never;
    };
    "/tasks/{id}/copy": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Add a copy of a task, with what the body says otherwise
         * @description Permission: `tasks.copy`; by token also `api.tasks.copy.post`.
         */
        post: operations["copyTask"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/tasks/{id}/edition-log": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Who changed the definition of a task, newest first
         * @description Kept after the task was deleted.
         *
         *     Permission: `tasks.view`; by token also `api.tasks.edition-log.get`.
         */
        get: operations["getEditionLog"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/tasks/{id}/restart": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Reset the report of a task, so that it runs again
         * @description Permission: `tasks.rerun`; by token also `api.tasks.restart.post`.
         */
        post: operations["restartTask"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/tasks/statistics": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Numbers of tasks by type
         * @description Permission: `tasks.view`; by token also `api.tasks.statistics.get`.
         */
        get: operations["getTaskStatistics"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/users": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List users
         * @description Permission: `admin.users`; by token also `api.users.get`.
         */
        get: operations["listUsers"];
        put?: never;
        /**
         * Add a user
         * @description Permission: `admin.users`; by token also `api.users.post`.
         */
        post: operations["createUser"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/users/{login}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get a user
         * @description Permission: `admin.users`; by token also `api.users.get`.
         */
        get: operations["getUser"];
        put?: never;
        post?: never;
        /**
         * Delete a user with all tokens; the name stays in histories
         * @description Permission: `admin.users`; by token also `api.users.delete`.
         */
        delete: operations["deleteUser"];
        options?: never;
        head?: never;
        /**
         * Change a user: permissions, domain, activity, password
         * @description Deactivating a user, or giving a new password, ends the user’s sessions and access tokens.
         *
         *     Permission: `admin.users`; by token also `api.users.patch`.
         */
        patch: operations["patchUser"];
        trace?: never;
    };
    "/users/{login}/tokens": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the API tokens of a user
         * @description Permission: `me.tokens` or `admin.tokens`; by token also `api.users.tokens.get`.
         */
        get: operations["listTokens"];
        put?: never;
        /**
         * Make an API token
         * @description Scopes are a subset of the owner’s permissions. The value is shown in this answer and never again; a repetition with the same `Idempotency-Key` does not show it.
         *
         *     Permission: `me.tokens` or `admin.tokens`; by token also `api.users.tokens.post`.
         */
        post: operations["createToken"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/users/{login}/tokens/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Invalidate an API token
         * @description Permission: `me.tokens` or `admin.tokens`; by token also `api.users.tokens.delete`.
         */
        delete: operations["deleteToken"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        AccessToken: {
            access_token: string;
            /** @description Seconds; renewed at each call */
            expires_in: number;
            /** @constant */
            token_type: "Bearer";
        };
        AddObjectInput: {
            comment?: string;
            connect?: components["schemas"]["Connect"];
            /** @description A path or a meaning */
            objectName: string;
            priority?: number;
            /** @description Initial values; keys are relative to the new instance */
            values?: {
                key: string;
                type?: string;
                value: string;
            }[];
        };
        AuditEntry: {
            action: string;
            address: string;
            /** Format: date-time */
            at: string;
            difference: {
                [key: string]: unknown;
            } | null;
            id: string;
            object: string;
            requestId: string;
            result: string;
            token: string | null;
            user: string;
        };
        AuditList: {
            items: components["schemas"]["AuditEntry"][];
            /** @description Cursor of the next page; null on the last one */
            next: string | null;
            /** @description Only with `count=true` */
            total?: number;
        };
        BackupInput: {
            comment?: string;
            connect?: components["schemas"]["Connect"];
            priority?: number;
        };
        BlacklistInput: {
            blacklisted: boolean;
            reason?: string;
        };
        /**
         * @description `try` sends a connection request; `require` answers 504, and leaves no task, when the device cannot be reached
         * @enum {string}
         */
        Connect: "none" | "try" | "require";
        /** @enum {string} */
        ConnectionOutcome: "waiting" | "accepted" | "session-started" | "accepted-no-session" | "already-in-session" | "refused-401" | "busy-503" | "unreachable" | "timeout" | "no-url" | "not-allowed";
        ConnectionRequest: {
            acceptedAt: string | null;
            attempts: {
                /** Format: date-time */
                at: string;
                detail: string;
                /** @description Milliseconds */
                duration: number;
                outcome: components["schemas"]["ConnectionOutcome"];
                status: number | null;
                url: string;
            }[];
            /** @description When the Inform with `6 CONNECTION REQUEST` came */
            cameAt: string | null;
            /** @description Identity of the device; in a path it is percent-encoded once more */
            device: string;
            id: string;
            nextAttemptAt: string | null;
            /** @description True until a final outcome is known */
            open: boolean;
            outcome: components["schemas"]["ConnectionOutcome"];
            /** Format: date-time */
            requestedAt: string;
            user: string;
        };
        ConnectionRequestList: {
            items: components["schemas"]["ConnectionRequest"][];
            /** @description Cursor of the next page; null on the last one */
            next: string | null;
            /** @description Only with `count=true` */
            total?: number;
        };
        Contact: {
            expectedVisit: string | null;
            /** @description Since when the state holds, where it is known */
            since: string | null;
            state: components["schemas"]["ContactState"];
            upgrading: boolean;
        };
        /** @enum {string} */
        ContactState: "in-session" | "on-time" | "overdue" | "inactive" | "never-seen";
        DeleteObjectInput: {
            comment?: string;
            connect?: components["schemas"]["Connect"];
            /** @description A path or a meaning */
            objectName: string;
            priority?: number;
        };
        Device: {
            blacklisted: boolean;
            connectionRequestUrl: string | null;
            contact: components["schemas"]["Contact"];
            /** Format: date-time */
            createdAt: string;
            credentials: {
                /** @description The password is never read back */
                acs: {
                    /** @constant */
                    set: true;
                    username: string;
                } | null;
                /** @description The password is never read back */
                connectionRequest: {
                    /** @constant */
                    set: true;
                    username: string;
                } | null;
            };
            cwmpNamespace: string | null;
            cwmpVersion: string | null;
            description: string;
            domain: string;
            editedBy: {
                /** Format: date-time */
                at: string;
                user: string;
            } | null;
            groups: string[];
            hardwareVersion: string | null;
            /** @description Identity of the device; in a path it is percent-encoded once more */
            id: string;
            /** @description Identity of the device; in a path it is percent-encoded once more */
            identity: string;
            /** @description Values by meaning; those of secrets are masked */
            indexed: {
                [key: string]: string;
            };
            lastBoot: string | null;
            lastBootstrap: string | null;
            lastInform: {
                /** @description As sent; it may be no date at all */
                currentTime: string;
                events: string[];
                maxEnvelopes: number;
                retryCount: number;
            } | null;
            lastTaskExecution: string | null;
            lastVisit: string | null;
            mac: string | null;
            managed: boolean;
            manufacturer: string;
            model: string | null;
            oui: string;
            parameterKey: string | null;
            /** @description Seconds */
            periodicInformInterval: number | null;
            productClass: string;
            properties: {
                [key: string]: string;
            };
            provisioningCode: string | null;
            root: string;
            serialNumber: string;
            softwareVersion: string | null;
            sourceIp: string | null;
            tags: string[];
            version: number;
            wanIp: string | null;
        };
        DeviceCredentialsInput: {
            /** @description null = none of its own */
            acs?: {
                password: string;
                username: string;
            } | null;
            /** @description null = none of its own */
            connectionRequest?: {
                password: string;
                username: string;
            } | null;
        };
        DeviceInput: {
            blacklisted?: boolean;
            credentials?: components["schemas"]["DeviceCredentialsInput"];
            description?: string;
            domain?: string;
            groups?: string[];
            managed?: boolean;
            manufacturer?: string;
            oui: string;
            /** @default  */
            productClass: string;
            properties?: {
                [key: string]: string;
            };
            serialNumber: string;
            tags?: string[];
        };
        DeviceList: {
            items: components["schemas"]["Device"][];
            /** @description Cursor of the next page; null on the last one */
            next: string | null;
            /** @description Only with `count=true` */
            total?: number;
        };
        DevicePatch: {
            blacklisted?: boolean;
            credentials?: components["schemas"]["DeviceCredentialsInput"];
            description?: string;
            domain?: string;
            groups?: string[];
            managed?: boolean;
            /** @description Merge patch: null removes a property */
            properties?: {
                [key: string]: string | null;
            };
            tags?: string[];
        };
        /** @description What is left out takes its default; domain, groups and credentials stay */
        DeviceReplace: {
            blacklisted?: boolean;
            credentials?: components["schemas"]["DeviceCredentialsInput"];
            description?: string;
            domain?: string;
            groups?: string[];
            managed?: boolean;
            manufacturer?: string;
            oui?: string;
            productClass?: string;
            properties?: {
                [key: string]: string;
            };
            serialNumber?: string;
            tags?: string[];
        };
        DeviceSearch: {
            count?: boolean;
            cursor?: string;
            /** @description A domain, or one below it */
            domain?: string;
            /** @description Comma-separated names of fields; `parameters.<path>` adds a cached parameter */
            fields?: string;
            /** @description Filter language: `model eq "X1" and lastVisit lt 2026-01-01T00:00:00Z and property["mac"] startsWith "AA"`; a pattern of `matches` repeats no group and has at most two of `*` and `+` */
            filter?: string;
            /** @description A group, or one below it */
            group?: string;
            /** @description WAN address or source address, exactly */
            ip?: string;
            limit?: number;
            /** @description MAC address, exactly, in any notation */
            mac?: string;
            /** @description Model name, exactly */
            model?: string;
            /** @description OUI, exactly */
            oui?: string;
            property?: {
                [key: string]: string;
            };
            q?: string;
            /** @description The simple search in one column */
            search?: {
                column: string;
                /** @enum {string} */
                operator: "contains" | "startsWith" | "eq" | "ne";
                text: string;
            };
            /** @description Serial number, exactly */
            serial?: string;
            /** @description Software version, exactly */
            software?: string;
            /** @description Comma-separated: identity, serial, serialNumber, model, software, softwareVersion, ip, wanIp, createdAt, lastVisit, lastBootstrap; a minus turns the order */
            sort?: string;
            state?: components["schemas"]["ContactState"][];
            /** @description A tag */
            tag?: string;
        };
        DeviceState: {
            contact: components["schemas"]["Contact"];
            expectedVisit: string | null;
            pendingTasks: number;
            sessionNow: {
                id: string;
                startedAt: string | null;
            } | null;
        };
        DownloadInput: {
            comment?: string;
            connect?: components["schemas"]["Connect"];
            fileType?: string;
            priority?: number;
            /** @description Id or name of a resource */
            resource: string;
        };
        Edition: {
            after: {
                [key: string]: unknown;
            } | null;
            /** Format: date-time */
            at: string;
            before: {
                [key: string]: unknown;
            } | null;
            device: string | null;
            group: string | null;
            id: string;
            /** @enum {string} */
            kind: "created" | "modified" | "deleted";
            task: string;
            user: string;
        };
        EditionList: {
            items: components["schemas"]["Edition"][];
            /** @description Cursor of the next page; null on the last one */
            next: string | null;
            /** @description Only with `count=true` */
            total?: number;
        };
        Event: {
            data: {
                [key: string]: unknown;
            };
            domain: string;
            id: string;
            source: string;
            /** @constant */
            specversion: "1.0";
            /** @description The device or object that it is about */
            subject: string;
            /** Format: date-time */
            time: string;
            type: string;
        };
        EventList: {
            items: components["schemas"]["Event"][];
            /** @description Cursor of the next page; null on the last one */
            next: string | null;
            /** @description Only with `count=true` */
            total?: number;
        };
        Execution: {
            blocking: boolean;
            commandKey: string | null;
            deadline: string | null;
            /** @description Variables and results; values of secrets are masked */
            details: {
                name: string;
                value: string;
            }[];
            /** @description Identity of the device; in a path it is percent-encoded once more */
            device: string;
            duration: string | null;
            fault: components["schemas"]["RecordedFault"] | null;
            finishTime: string | null;
            id: string;
            /** Format: date-time */
            lastUpdateTime: string;
            run: number;
            stage: string | null;
            startTime: string | null;
            status: components["schemas"]["ExecutionStatus"];
            summary: string;
            task: string;
            taskName: string;
            taskType: string;
            transfers: components["schemas"]["ExecutionTransfer"][];
        };
        ExecutionBrief: {
            blocking: boolean;
            commandKey: string | null;
            deadline: string | null;
            /** @description Identity of the device; in a path it is percent-encoded once more */
            device: string;
            duration: string | null;
            fault: components["schemas"]["RecordedFault"] | null;
            finishTime: string | null;
            id: string;
            /** Format: date-time */
            lastUpdateTime: string;
            run: number;
            stage: string | null;
            startTime: string | null;
            status: components["schemas"]["ExecutionStatus"];
            summary: string;
            task: string;
        };
        ExecutionList: {
            items: components["schemas"]["Execution"][];
            /** @description Cursor of the next page; null on the last one */
            next: string | null;
            /** @description Only with `count=true` */
            total?: number;
        };
        /** @enum {string} */
        ExecutionStatus: "NOT_STARTED" | "IN_PROGRESS" | "SUCCESS" | "WARNING" | "ERROR";
        ExecutionTransfer: {
            bytes: number;
            completedAt: string | null;
            firstRequestAt: string | null;
            /** @enum {string} */
            kind: "download" | "upload";
            requests: number;
            resource: string | null;
            size: number;
            /** @description HTTP status of the last request of the CPE */
            status: number | null;
        };
        FactoryResetInput: {
            comment?: string;
            connect?: components["schemas"]["Connect"];
            priority?: number;
        };
        FieldIssue: {
            code: string;
            message: string;
            /** @description JSON pointer (RFC 6901) into the body; parameters are below `/query`, `/path` and `/header` */
            pointer: string;
        };
        FirmwareUpgradeInput: {
            comment?: string;
            connect?: components["schemas"]["Connect"];
            priority?: number;
            /** @description Id or name of a resource */
            resource: string;
            verifyVersion?: boolean;
        };
        Health: {
            checks: {
                [key: string]: "ok" | "failed";
            };
            /** @enum {string} */
            status: "ok" | "unavailable";
        };
        InformEvent: {
            code: string;
            commandKey: string;
        };
        Job: {
            /** @description Failures in a row */
            failCount: number;
            /** @description Milliseconds */
            interval: number;
            lastFinishedAt: string | null;
            lastResult: {
                /** Format: date-time */
                at: string;
                /** @description Milliseconds */
                duration: number;
                ok: boolean;
                server: string;
                text: string;
            } | null;
            lastRunAt: string | null;
            name: string;
            nextRunAt: string | null;
            /** @description Whether a server works on it now */
            running: boolean;
            title: string;
        };
        JobList: {
            items: components["schemas"]["Job"][];
            /** @description Cursor of the next page; null on the last one */
            next: string | null;
            /** @description Only with `count=true` */
            total?: number;
        };
        /** @enum {string} */
        LogLevel: "TRACE" | "DEBUG" | "INFO" | "WARN" | "ERROR" | "OFF";
        LogLine: {
            /** Format: date-time */
            at: string;
            /** @enum {string} */
            level: "TRACE" | "DEBUG" | "INFO" | "WARN" | "ERROR";
            line: number;
            run: number;
            text: string;
        };
        LogLineList: {
            items: components["schemas"]["LogLine"][];
            /** @description Cursor of the next page; null on the last one */
            next: string | null;
            /** @description Only with `count=true` */
            total?: number;
        };
        ManagementInput: {
            managed: boolean;
            reason?: string;
        };
        Me: {
            administrator: boolean;
            /** @description Only for console sessions */
            csrfToken?: string;
            domain: string;
            lastLogin: string | null;
            login: string;
            name: string;
            permissions: string[];
            server: {
                cwmpUrl: string;
                name: string;
                /** Format: date-time */
                time: string;
                version: string;
            };
        };
        Meaning: {
            key: string;
            secret: boolean;
            title: string;
            tr098: string[];
            tr181: string[];
            type: string;
            unit: string | null;
            writable: boolean;
        };
        MeaningList: {
            items: components["schemas"]["Meaning"][];
            /** @description Cursor of the next page; null on the last one */
            next: string | null;
            /** @description Only with `count=true` */
            total?: number;
        };
        MePatch: {
            name?: string;
        };
        ParameterList: {
            /** @description Parameters in the whole tree */
            count: number;
            items: components["schemas"]["ParameterNode"][];
            next: string | null;
            /** @description The newest reading in the whole tree */
            readAt: string | null;
        };
        ParameterNode: {
            children?: components["schemas"]["ParameterNode"][];
            meaning: string | null;
            notification: number | null;
            object: boolean;
            path: string;
            readAt: string | null;
            secret: boolean;
            type: string | null;
            /** @description `••••••` for secrets, unless the caller may see them */
            value: string | null;
            writable: boolean | null;
        };
        PasswordChange: {
            currentPassword: string;
            /** Format: password */
            newPassword: string;
        };
        PasswordGrant: {
            /** @constant */
            grant_type: "password";
            password: string;
            username: string;
        };
        PastRun: {
            details: {
                name: string;
                value: string;
            }[];
            /** @description Identity of the device; in a path it is percent-encoded once more */
            device: string;
            /**
             * Format: duration
             * @description ISO 8601
             */
            duration: string;
            execution: string;
            fault: components["schemas"]["RecordedFault"] | null;
            /** Format: date-time */
            finishTime: string;
            id: string;
            run: number;
            /** Format: date-time */
            startTime: string;
            status: components["schemas"]["ExecutionStatus"];
            summary: string;
            task: string;
            taskName: string;
            taskType: string;
        };
        PastRunList: {
            items: components["schemas"]["PastRun"][];
            /** @description Cursor of the next page; null on the last one */
            next: string | null;
            /** @description Only with `count=true` */
            total?: number;
        };
        Problem: {
            /** @enum {string} */
            code: "bad-request" | "validation" | "expression-error" | "idempotency-mismatch" | "unauthenticated" | "forbidden" | "not-found" | "method-not-allowed" | "not-acceptable" | "conflict" | "in-use" | "device-unmanaged" | "device-busy" | "stale" | "too-large" | "media-type" | "range-not-satisfiable" | "precondition-required" | "rate-limited" | "quota" | "internal" | "device-fault" | "overloaded" | "device-unreachable" | "device-timeout";
            cwmpFault?: {
                code: number;
                parameterFaults: {
                    code: number;
                    path: string;
                    string: string;
                }[];
                string: string;
            };
            detail: string;
            errors?: components["schemas"]["FieldIssue"][];
            instance: string;
            requestId: string;
            requiredPermission?: string;
            /** @description Seconds, as in Retry-After */
            retryAfter?: number;
            status: number;
            /** @description The task that stays queued */
            task?: string;
            title: string;
            /** Format: uri */
            type: string;
        };
        Queue: {
            /** Format: date-time */
            at: string;
            /** @description Identity of the device; in a path it is percent-encoded once more */
            device: string;
            entries: components["schemas"]["QueueEntry"][];
            holder: string | null;
        };
        QueueEntry: {
            /** @description Would run in a session at this time */
            due: boolean;
            execution: components["schemas"]["ExecutionBrief"] | null;
            /** @description Nothing else runs before it has ended */
            holds: boolean;
            /** @description From 1; null for inactive tasks */
            position: number | null;
            /** @description Why it would not run */
            reason: components["schemas"]["QueueReason"] | null;
            resumes: boolean;
            status: components["schemas"]["ExecutionStatus"];
            task: components["schemas"]["Task"];
        };
        QueueReason: {
            /** @description The earliest time, where it is known */
            at: string | null;
            /** @enum {string} */
            code: "finished" | "not-yet" | "schedule-ended" | "outside-schedule" | "min-interval" | "condition-not-met" | "condition-failed" | "inactive" | "overridden" | "paused" | "waits-for-holder" | "unmanaged" | "already-ran";
            /** @description The task that holds the list */
            holder: string | null;
            text: string;
        };
        ReadParametersInput: {
            comment?: string;
            connect?: components["schemas"]["Connect"];
            names: string[];
            priority?: number;
        };
        RebootInput: {
            comment?: string;
            connect?: components["schemas"]["Connect"];
            priority?: number;
        };
        RecordedFault: {
            code: number;
            /** @description The RPC that was refused */
            method: string;
            parameters: {
                code: number;
                path: string;
                text: string;
            }[];
            text: string;
        };
        RefreshInput: {
            comment?: string;
            connect?: components["schemas"]["Connect"];
            /** @description Parameters, partial paths or meanings; left out: everything */
            paths?: string[];
            priority?: number;
        };
        Resource: {
            category: components["schemas"]["ResourceCategory"];
            contentType: string;
            /** Format: date-time */
            createdAt: string;
            description: string;
            device: string | null;
            domain: string;
            /** @description As the CPE shall see it */
            fileName: string;
            fileType: string;
            id: string;
            models: string[];
            name: string;
            revision: number;
            sha256: string;
            size: number;
            task: string | null;
            user: string;
            version: string;
        };
        /** @enum {string} */
        ResourceCategory: "config" | "config.backup" | "device-logs" | "firmware" | "image" | "static-documentation";
        ResourceList: {
            items: components["schemas"]["Resource"][];
            /** @description Cursor of the next page; null on the last one */
            next: string | null;
            /** @description Only with `count=true` */
            total?: number;
        };
        ResourcePatch: {
            category?: components["schemas"]["ResourceCategory"];
            description?: string;
            fileName?: string;
            fileType?: string;
            models?: string[];
            name?: string;
            version?: string;
        };
        RestoreInput: {
            comment?: string;
            connect?: components["schemas"]["Connect"];
            priority?: number;
            /** @description Left out: the newest backup of the device */
            resource?: string;
        };
        Session: {
            bytesIn: number;
            bytesOut: number;
            cwmpVersion: string;
            /** @description Identity of the device; in a path it is percent-encoded once more */
            device: string;
            /** Format: duration */
            duration: string;
            /** @description `complete`, or why it ended otherwise */
            end: string;
            /** Format: date-time */
            endedAt: string;
            events: components["schemas"]["InformEvent"][];
            faults: number;
            id: string;
            rpcCount: number;
            sourceIp: string;
            /** Format: date-time */
            startedAt: string;
            /** @description Tasks that had their turn, in order */
            tasks: string[];
            tls: boolean;
        };
        SessionDetails: {
            bytesIn: number;
            bytesOut: number;
            cwmpVersion: string;
            /** @description Identity of the device; in a path it is percent-encoded once more */
            device: string;
            /** Format: duration */
            duration: string;
            /** @description `complete`, or why it ended otherwise */
            end: string;
            /** Format: date-time */
            endedAt: string;
            events: components["schemas"]["InformEvent"][];
            faults: number;
            id: string;
            rpcCount: number;
            rpcs: components["schemas"]["SessionRpc"][];
            sourceIp: string;
            /** Format: date-time */
            startedAt: string;
            /** @description Tasks that had their turn, in order */
            tasks: string[];
            tls: boolean;
            warnings: string[];
        };
        SessionList: {
            items: components["schemas"]["Session"][];
            /** @description Cursor of the next page; null on the last one */
            next: string | null;
            /** @description Only with `count=true` */
            total?: number;
        };
        SessionLogin: {
            password: string;
            username: string;
        };
        SessionOpened: {
            csrfToken: string;
            /** @description The log-in before this one */
            lastLogin: string | null;
            user: {
                administrator: boolean;
                domain: string;
                login: string;
                name: string;
                permissions: string[];
            };
        };
        SessionRpc: {
            about: string;
            bytes: number;
            fault: {
                code: number;
                text: string;
            } | null;
            /** @enum {string} */
            from: "cpe" | "acs";
            message: string;
            /** @description Milliseconds since the session began */
            offset: number;
            task: string | null;
        };
        SetParametersInput: {
            comment?: string;
            connect?: components["schemas"]["Connect"];
            parameters: {
                /** @description A path or a meaning */
                name: string;
                type?: string;
                value: string;
            }[];
            priority?: number;
        };
        SystemInfo: {
            cwmpUrl: string;
            devices: number;
            filesUrl: string;
            name: string;
            sessionsOpen: number;
            /** Format: date-time */
            startedAt: string;
            store: {
                /** @enum {string} */
                kind: "mongodb" | "embedded";
            };
            version: string;
        };
        Task: {
            active: boolean;
            anonymous: boolean;
            automaticRestart: boolean;
            comment: string;
            /** @description Attributes of `<config>` as fields, its children as arrays; values of secrets are masked */
            config: {
                [key: string]: unknown;
            };
            configXml: string;
            /** Format: date-time */
            createdAt: string;
            device: string | null;
            domain: string;
            /** Format: date-time */
            editedAt: string;
            group: string | null;
            id: string;
            logLevel: components["schemas"]["LogLevel"];
            /** @description Seconds */
            minInterval: number;
            name: string;
            /** @description Smaller runs first */
            priority: number;
            properties: {
                name: string;
                value: string;
            }[];
            repeatOnBootstrap: boolean;
            tags: string[];
            transientReport: boolean;
            type: string;
            user: string;
            version: number;
        };
        /** @description The time of `Prefer: wait` is over; the task stays queued */
        TaskAccepted: {
            execution: components["schemas"]["Execution"] | null;
            task: components["schemas"]["Task"];
        };
        TaskCopy: {
            active?: boolean;
            anonymous?: boolean;
            automaticRestart?: boolean;
            comment?: string;
            /** @description The configuration as an object, or as the XML text of `<config>` */
            config?: {
                [key: string]: unknown;
            } | string;
            connect?: components["schemas"]["Connect"];
            /** @description Identity of the device; in a path it is percent-encoded once more */
            device?: string;
            domain?: string;
            logLevel?: components["schemas"]["LogLevel"];
            /** @description Seconds */
            minInterval?: number;
            name?: string;
            priority?: number;
            /** @description Names are unique */
            properties?: {
                name: string;
                value: string;
            }[];
            repeatOnBootstrap?: boolean;
            tags?: string[];
            transientReport?: boolean;
        };
        TaskInput: {
            active?: boolean;
            anonymous?: boolean;
            automaticRestart?: boolean;
            comment?: string;
            /** @description The configuration as an object, or as the XML text of `<config>` */
            config?: {
                [key: string]: unknown;
            } | string;
            connect?: components["schemas"]["Connect"];
            /** @description Identity of the device; in a path it is percent-encoded once more */
            device: string;
            domain?: string;
            logLevel?: components["schemas"]["LogLevel"];
            /** @description Seconds */
            minInterval?: number;
            name?: string;
            priority?: number;
            /** @description Names are unique */
            properties?: {
                name: string;
                value: string;
            }[];
            repeatOnBootstrap?: boolean;
            tags?: string[];
            transientReport?: boolean;
            type: string;
        };
        TaskList: {
            items: components["schemas"]["Task"][];
            /** @description Cursor of the next page; null on the last one */
            next: string | null;
            /** @description Only with `count=true` */
            total?: number;
        };
        TaskPatch: {
            active?: boolean;
            anonymous?: boolean;
            automaticRestart?: boolean;
            comment?: string;
            /** @description The configuration as an object, or as the XML text of `<config>` */
            config?: {
                [key: string]: unknown;
            } | string;
            domain?: string;
            logLevel?: components["schemas"]["LogLevel"];
            /** @description Seconds */
            minInterval?: number;
            name?: string;
            priority?: number;
            /** @description Names are unique */
            properties?: {
                name: string;
                value: string;
            }[];
            repeatOnBootstrap?: boolean;
            tags?: string[];
            transientReport?: boolean;
        };
        /** @description Settings that are left out take their defaults */
        TaskReplace: {
            active?: boolean;
            anonymous?: boolean;
            automaticRestart?: boolean;
            comment?: string;
            /** @description The configuration as an object, or as the XML text of `<config>` */
            config: {
                [key: string]: unknown;
            } | string;
            /** @description Follows from `config`; not read */
            configXml?: string;
            createdAt?: string;
            device?: string | null;
            domain?: string;
            editedAt?: string;
            group?: string | null;
            id?: string;
            logLevel?: components["schemas"]["LogLevel"];
            /** @description Seconds */
            minInterval?: number;
            name?: string;
            priority?: number;
            /** @description Names are unique */
            properties?: {
                name: string;
                value: string;
            }[];
            repeatOnBootstrap?: boolean;
            tags?: string[];
            transientReport?: boolean;
            type?: string;
            user?: string;
            version?: number;
        };
        TaskRestart: {
            connect?: components["schemas"]["Connect"];
            /** @description Identity of the device; in a path it is percent-encoded once more */
            device?: string;
        };
        /** @description The task and its finished report, after `Prefer: wait` */
        TaskResult: {
            execution: components["schemas"]["Execution"];
            task: components["schemas"]["Task"];
        };
        TaskStatistics: {
            active: number;
            stopped: number;
            total: number;
            types: {
                active: number;
                stopped: number;
                total: number;
                type: string;
            }[];
        };
        TaskType: {
            branch: string;
            defaultPriority: number;
            description: string;
            name: string;
            /** @description JSON Schema of the configuration */
            schema: {
                [key: string]: unknown;
            };
            title: string;
        };
        TaskTypeList: {
            items: components["schemas"]["TaskType"][];
            /** @description Cursor of the next page; null on the last one */
            next: string | null;
            /** @description Only with `count=true` */
            total?: number;
        };
        Token: {
            /** Format: date-time */
            createdAt: string;
            expiresAt: string | null;
            id: string;
            lastUsedAt: string | null;
            name: string;
            networks: string[];
            prefix: string;
            /** @description null = all that the owner may */
            scopes: string[] | null;
            user: string;
        };
        TokenCreated: {
            /** Format: date-time */
            createdAt: string;
            expiresAt: string | null;
            id: string;
            lastUsedAt: string | null;
            name: string;
            networks: string[];
            prefix: string;
            /** @description null = all that the owner may */
            scopes: string[] | null;
            /** @description The value; shown once */
            token: string;
            user: string;
        };
        TokenInput: {
            expiresAt?: string | null;
            name: string;
            networks?: string[];
            scopes?: string[] | null;
        };
        TokenList: {
            items: components["schemas"]["Token"][];
            /** @description Cursor of the next page; null on the last one */
            next: string | null;
            /** @description Only with `count=true` */
            total?: number;
        };
        UploadInput: {
            comment?: string;
            connect?: components["schemas"]["Connect"];
            fileType?: string;
            priority?: number;
        };
        User: {
            active: boolean;
            administrator: boolean;
            /** Format: date-time */
            createdAt: string;
            domain: string;
            lastLogin: string | null;
            login: string;
            name: string;
            /** @description A node gives its leaves */
            permissions: string[];
            version: number;
        };
        UserCreated: {
            active: boolean;
            administrator: boolean;
            /** Format: date-time */
            createdAt: string;
            domain: string;
            /** @description Shown once */
            generatedPassword?: string;
            lastLogin: string | null;
            login: string;
            name: string;
            /** @description A node gives its leaves */
            permissions: string[];
            version: number;
        };
        UserInput: {
            active?: boolean;
            administrator?: boolean;
            domain?: string;
            login: string;
            name?: string;
            /**
             * Format: password
             * @description Left out: one is made, and shown in the answer alone
             */
            password?: string;
            permissions?: string[];
        };
        UserList: {
            items: components["schemas"]["User"][];
            /** @description Cursor of the next page; null on the last one */
            next: string | null;
            /** @description Only with `count=true` */
            total?: number;
        };
        UserPatch: {
            active?: boolean;
            administrator?: boolean;
            domain?: string;
            name?: string;
            /** Format: password */
            password?: string;
            permissions?: string[];
        };
    };
    responses: never;
    parameters: {
        /** @description Kept 24 hours: the same key and body give the same answer, another body 422 */
        IdempotencyKey: string;
        /** @description ETag of the version that is to be changed; 412 when it is another one */
        IfMatch: string;
        /** @description ETag of the version at hand; 304 when it is still the same */
        IfNoneMatch: string;
        /** @description `wait=N`: wait up to N seconds (at most 300) for the end */
        Prefer: string;
        /** @description Comes back in the answer and in the audit */
        RequestId: string;
    };
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    listAudit: {
        parameters: {
            query?: {
                action?: string;
                /** @description The `next` of the page before; good for 24 hours */
                cursor?: string;
                from?: string;
                /** @description Items a page; default 100 */
                limit?: number;
                object?: string;
                to?: string;
                user?: string;
            };
            header?: {
                /** @description Comes back in the answer and in the audit */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of entries */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AuditList"];
                };
            };
        };
    };
    invalidateToken: {
        parameters: {
            query?: never;
            header?: {
                /** @description Kept 24 hours: the same key and body give the same answer, another body 422 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                /** @description Comes back in the answer and in the audit */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    passwordGrant: {
        parameters: {
            query?: never;
            header?: {
                /** @description Comes back in the answer and in the audit */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/x-www-form-urlencoded": components["schemas"]["PasswordGrant"];
            };
        };
        responses: {
            /** @description The token */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AccessToken"];
                };
            };
        };
    };
    openSession: {
        parameters: {
            query?: never;
            header?: {
                /** @description Comes back in the answer and in the audit */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SessionLogin"];
            };
        };
        responses: {
            /** @description Signed in */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SessionOpened"];
                };
            };
        };
    };
    closeSession: {
        parameters: {
            query?: never;
            header?: {
                /** @description Comes back in the answer and in the audit */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    listDevices: {
        parameters: {
            query?: {
                count?: boolean;
                /** @description The `next` of the page before; good for 24 hours */
                cursor?: string;
                /** @description A domain, or one below it */
                domain?: string;
                fields?: string;
                filter?: string;
                /** @description A group, or one below it */
                group?: string;
                /** @description WAN address or source address, exactly */
                ip?: string;
                /** @description Items a page; default 100 */
                limit?: number;
                /** @description MAC address, exactly, in any notation */
                mac?: string;
                /** @description Model name, exactly */
                model?: string;
                /** @description OUI, exactly */
                oui?: string;
                /** @description A property’s value: `property.NAME=…` */
                property?: {
                    [key: string]: string;
                };
                /** @description Part of identity, serial number, MAC, address, model, description or an indexed value */
                q?: string;
                /** @description Serial number, exactly */
                serial?: string;
                /** @description Software version, exactly */
                software?: string;
                sort?: string;
                state?: string;
                /** @description A tag */
                tag?: string;
            };
            header?: {
                /** @description Comes back in the answer and in the audit */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of devices; newest visit first unless sorted otherwise */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeviceList"];
                };
            };
        };
    };
    createDevice: {
        parameters: {
            query?: never;
            header?: {
                /** @description Kept 24 hours: the same key and body give the same answer, another body 422 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                /** @description Comes back in the answer and in the audit */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DeviceInput"];
            };
        };
        responses: {
            /** @description The device */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Device"];
                };
            };
        };
    };
    getDevice: {
        parameters: {
            query?: never;
            header?: {
                /** @description ETag of the version at hand; 304 when it is still the same */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
                /** @description Comes back in the answer and in the audit */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path: {
                /** @description Identity of the device; in a path it is percent-encoded once more */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The device */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Device"];
                };
            };
        };
    };
    putDevice: {
        parameters: {
            query?: never;
            header?: {
                /** @description ETag of the version that is to be changed; 412 when it is another one */
                "If-Match"?: components["parameters"]["IfMatch"];
                /** @description Comes back in the answer and in the audit */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path: {
                /** @description Identity of the device; in a path it is percent-encoded once more */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DeviceReplace"];
            };
        };
        responses: {
            /** @description The device */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Device"];
                };
            };
            /** @description The device was created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Device"];
                };
            };
        };
    };
    deleteDevice: {
        parameters: {
            query?: never;
            header?: {
                /** @description ETag of the version that is to be changed; 412 when it is another one */
                "If-Match"?: components["parameters"]["IfMatch"];
                /** @description Comes back in the answer and in the audit */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path: {
                /** @description Identity of the device; in a path it is percent-encoded once more */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    patchDevice: {
        parameters: {
            query?: never;
            header?: {
                /** @description ETag of the version that is to be changed; 412 when it is another one */
                "If-Match"?: components["parameters"]["IfMatch"];
                /** @description Comes back in the answer and in the audit */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path: {
                /** @description Identity of the device; in a path it is percent-encoded once more */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DevicePatch"];
            };
        };
        responses: {
            /** @description The device */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Device"];
                };
            };
        };
    };
    backup: {
        parameters: {
            query?: {
                /** @description What becomes of the task when the time of `Prefer: wait` is over; default keep */
                onTimeout?: "keep" | "delete";
            };
            header?: {
                /** @description Kept 24 hours: the same key and body give the same answer, another body 422 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                /** @description `wait=N`: wait up to N seconds (at most 300) for the end */
                Prefer?: components["parameters"]["Prefer"];
                /** @description Comes back in the answer and in the audit */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path: {
                /** @description Identity of the device; in a path it is percent-encoded once more */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["BackupInput"];
            };
        };
        responses: {
            /** @description Finished within the time of `Prefer: wait` */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TaskResult"];
                };
            };
            /** @description The task was added to the list of the device */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Task"];
                };
            };
            /** @description Not finished within the time of `Prefer: wait`; the task stays */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TaskAccepted"];
                };
            };
        };
    };
    connectDevice: {
        parameters: {
            query?: never;
            header?: {
                /** @description Kept 24 hours: the same key and body give the same answer, another body 422 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                /** @description `wait=N`: wait up to N seconds (at most 300) for the end */
                Prefer?: components["parameters"]["Prefer"];
                /** @description Comes back in the answer and in the audit */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path: {
                /** @description Identity of the device; in a path it is percent-encoded once more */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The outcome is final */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConnectionRequest"];
                };
            };
            /** @description The request is under way */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConnectionRequest"];
                };
            };
        };
    };
    download: {
        parameters: {
            query?: {
                /** @description What becomes of the task when the time of `Prefer: wait` is over; default keep */
                onTimeout?: "keep" | "delete";
            };
            header?: {
                /** @description Kept 24 hours: the same key and body give the same answer, another body 422 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                /** @description `wait=N`: wait up to N seconds (at most 300) for the end */
                Prefer?: components["parameters"]["Prefer"];
                /** @description Comes back in the answer and in the audit */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path: {
                /** @description Identity of the device; in a path it is percent-encoded once more */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DownloadInput"];
            };
        };
        responses: {
            /** @description Finished within the time of `Prefer: wait` */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TaskResult"];
                };
            };
            /** @description The task was added to the list of the device */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Task"];
                };
            };
            /** @description Not finished within the time of `Prefer: wait`; the task stays */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TaskAccepted"];
                };
            };
        };
    };
    factoryReset: {
        parameters: {
            query?: {
                /** @description What becomes of the task when the time of `Prefer: wait` is over; default keep */
                onTimeout?: "keep" | "delete";
            };
            header?: {
                /** @description Kept 24 hours: the same key and body give the same answer, another body 422 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                /** @description `wait=N`: wait up to N seconds (at most 300) for the end */
                Prefer?: components["parameters"]["Prefer"];
                /** @description Comes back in the answer and in the audit */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path: {
                /** @description Identity of the device; in a path it is percent-encoded once more */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["FactoryResetInput"];
            };
        };
        responses: {
            /** @description Finished within the time of `Prefer: wait` */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TaskResult"];
                };
            };
            /** @description The task was added to the list of the device */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Task"];
                };
            };
            /** @description Not finished within the time of `Prefer: wait`; the task stays */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TaskAccepted"];
                };
            };
        };
    };
    firmwareUpgrade: {
        parameters: {
            query?: {
                /** @description What becomes of the task when the time of `Prefer: wait` is over; default keep */
                onTimeout?: "keep" | "delete";
            };
            header?: {
                /** @description Kept 24 hours: the same key and body give the same answer, another body 422 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                /** @description `wait=N`: wait up to N seconds (at most 300) for the end */
                Prefer?: components["parameters"]["Prefer"];
                /** @description Comes back in the answer and in the audit */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path: {
                /** @description Identity of the device; in a path it is percent-encoded once more */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["FirmwareUpgradeInput"];
            };
        };
        responses: {
            /** @description Finished within the time of `Prefer: wait` */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TaskResult"];
                };
            };
            /** @description The task was added to the list of the device */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Task"];
                };
            };
            /** @description Not finished within the time of `Prefer: wait`; the task stays */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TaskAccepted"];
                };
            };
        };
    };
    reboot: {
        parameters: {
            query?: {
                /** @description What becomes of the task when the time of `Prefer: wait` is over; default keep */
                onTimeout?: "keep" | "delete";
            };
            header?: {
                /** @description Kept 24 hours: the same key and body give the same answer, another body 422 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                /** @description `wait=N`: wait up to N seconds (at most 300) for the end */
                Prefer?: components["parameters"]["Prefer"];
                /** @description Comes back in the answer and in the audit */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path: {
                /** @description Identity of the device; in a path it is percent-encoded once more */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["RebootInput"];
            };
        };
        responses: {
            /** @description Finished within the time of `Prefer: wait` */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TaskResult"];
                };
            };
            /** @description The task was added to the list of the device */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Task"];
                };
            };
            /** @description Not finished within the time of `Prefer: wait`; the task stays */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TaskAccepted"];
                };
            };
        };
    };
    refresh: {
        parameters: {
            query?: {
                /** @description What becomes of the task when the time of `Prefer: wait` is over; default keep */
                onTimeout?: "keep" | "delete";
            };
            header?: {
                /** @description Kept 24 hours: the same key and body give the same answer, another body 422 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                /** @description `wait=N`: wait up to N seconds (at most 300) for the end */
                Prefer?: components["parameters"]["Prefer"];
                /** @description Comes back in the answer and in the audit */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path: {
                /** @description Identity of the device; in a path it is percent-encoded once more */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["RefreshInput"];
            };
        };
        responses: {
            /** @description Finished within the time of `Prefer: wait` */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TaskResult"];
                };
            };
            /** @description The task was added to the list of the device */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Task"];
                };
            };
            /** @description Not finished within the time of `Prefer: wait`; the task stays */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TaskAccepted"];
                };
            };
        };
    };
    restore: {
        parameters: {
            query?: {
                /** @description What becomes of the task when the time of `Prefer: wait` is over; default keep */
                onTimeout?: "keep" | "delete";
            };
            header?: {
                /** @description Kept 24 hours: the same key and body give the same answer, another body 422 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                /** @description `wait=N`: wait up to N seconds (at most 300) for the end */
                Prefer?: components["parameters"]["Prefer"];
                /** @description Comes back in the answer and in the audit */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path: {
                /** @description Identity of the device; in a path it is percent-encoded once more */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["RestoreInput"];
            };
        };
        responses: {
            /** @description Finished within the time of `Prefer: wait` */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TaskResult"];
                };
            };
            /** @description The task was added to the list of the device */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Task"];
                };
            };
            /** @description Not finished within the time of `Prefer: wait`; the task stays */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TaskAccepted"];
                };
            };
        };
    };
    upload: {
        parameters: {
            query?: {
                /** @description What becomes of the task when the time of `Prefer: wait` is over; default keep */
                onTimeout?: "keep" | "delete";
            };
            header?: {
                /** @description Kept 24 hours: the same key and body give the same answer, another body 422 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                /** @description `wait=N`: wait up to N seconds (at most 300) for the end */
                Prefer?: components["parameters"]["Prefer"];
                /** @description Comes back in the answer and in the audit */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path: {
                /** @description Identity of the device; in a path it is percent-encoded once more */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["UploadInput"];
            };
        };
        responses: {
            /** @description Finished within the time of `Prefer: wait` */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TaskResult"];
                };
            };
            /** @description The task was added to the list of the device */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Task"];
                };
            };
            /** @description Not finished within the time of `Prefer: wait`; the task stays */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TaskAccepted"];
                };
            };
        };
    };
    setBlacklist: {
        parameters: {
            query?: never;
            header?: {
                /** @description ETag of the version that is to be changed; 412 when it is another one */
                "If-Match"?: components["parameters"]["IfMatch"];
                /** @description Comes back in the answer and in the audit */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path: {
                /** @description Identity of the device; in a path it is percent-encoded once more */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["BlacklistInput"];
            };
        };
        responses: {
            /** @description The device */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Device"];
                };
            };
        };
    };
    listConnectionRequests: {
        parameters: {
            query?: {
                /** @description The `next` of the page before; good for 24 hours */
                cursor?: string;
                /** @description Items a page; default 100 */
                limit?: number;
            };
            header?: {
                /** @description Comes back in the answer and in the audit */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path: {
                /** @description Identity of the device; in a path it is percent-encoded once more */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of connection requests */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConnectionRequestList"];
                };
            };
        };
    };
    setCredentials: {
        parameters: {
            query?: never;
            header?: {
                /** @description ETag of the version that is to be changed; 412 when it is another one */
                "If-Match"?: components["parameters"]["IfMatch"];
                /** @description Comes back in the answer and in the audit */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path: {
                /** @description Identity of the device; in a path it is percent-encoded once more */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DeviceCredentialsInput"];
            };
        };
        responses: {
            /** @description Done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    setManagement: {
        parameters: {
            query?: never;
            header?: {
                /** @description ETag of the version that is to be changed; 412 when it is another one */
                "If-Match"?: components["parameters"]["IfMatch"];
                /** @description Comes back in the answer and in the audit */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path: {
                /** @description Identity of the device; in a path it is percent-encoded once more */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ManagementInput"];
            };
        };
        responses: {
            /** @description The device */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Device"];
                };
            };
        };
    };
    addObject: {
        parameters: {
            query?: {
                /** @description What becomes of the task when the time of `Prefer: wait` is over; default keep */
                onTimeout?: "keep" | "delete";
            };
            header?: {
                /** @description Kept 24 hours: the same key and body give the same answer, another body 422 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                /** @description `wait=N`: wait up to N seconds (at most 300) for the end */
                Prefer?: components["parameters"]["Prefer"];
                /** @description Comes back in the answer and in the audit */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path: {
                /** @description Identity of the device; in a path it is percent-encoded once more */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AddObjectInput"];
            };
        };
        responses: {
            /** @description Finished within the time of `Prefer: wait` */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TaskResult"];
                };
            };
            /** @description The task was added to the list of the device */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Task"];
                };
            };
            /** @description Not finished within the time of `Prefer: wait`; the task stays */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TaskAccepted"];
                };
            };
        };
    };
    deleteObject: {
        parameters: {
            query?: {
                /** @description What becomes of the task when the time of `Prefer: wait` is over; default keep */
                onTimeout?: "keep" | "delete";
            };
            header?: {
                /** @description Kept 24 hours: the same key and body give the same answer, another body 422 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                /** @description `wait=N`: wait up to N seconds (at most 300) for the end */
                Prefer?: components["parameters"]["Prefer"];
                /** @description Comes back in the answer and in the audit */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path: {
                /** @description Identity of the device; in a path it is percent-encoded once more */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DeleteObjectInput"];
            };
        };
        responses: {
            /** @description Finished within the time of `Prefer: wait` */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TaskResult"];
                };
            };
            /** @description The task was added to the list of the device */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Task"];
                };
            };
            /** @description Not finished within the time of `Prefer: wait`; the task stays */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TaskAccepted"];
                };
            };
        };
    };
    listParameters: {
        parameters: {
            query?: {
                changedSince?: string;
                /** @description The `next` of the page before; good for 24 hours */
                cursor?: string;
                /** @description Levels below the prefix */
                depth?: number;
                format?: "flat" | "tree";
                /** @description Flat form only; default 1,000 */
                limit?: number;
                /** @description Only this path and what is below it */
                prefix?: string;
                /** @description Part of a path, or of a value that is not secret */
                search?: string;
            };
            header?: {
                /** @description Comes back in the answer and in the audit */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path: {
                /** @description Identity of the device; in a path it is percent-encoded once more */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Parameters in natural order */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ParameterList"];
                };
            };
        };
    };
    readParameters: {
        parameters: {
            query?: {
                /** @description What becomes of the task when the time of `Prefer: wait` is over; default keep */
                onTimeout?: "keep" | "delete";
            };
            header?: {
                /** @description Kept 24 hours: the same key and body give the same answer, another body 422 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                /** @description `wait=N`: wait up to N seconds (at most 300) for the end */
                Prefer?: components["parameters"]["Prefer"];
                /** @description Comes back in the answer and in the audit */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path: {
                /** @description Identity of the device; in a path it is percent-encoded once more */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ReadParametersInput"];
            };
        };
        responses: {
            /** @description Finished within the time of `Prefer: wait` */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TaskResult"];
                };
            };
            /** @description The task was added to the list of the device */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Task"];
                };
            };
            /** @description Not finished within the time of `Prefer: wait`; the task stays */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TaskAccepted"];
                };
            };
        };
    };
    setParameters: {
        parameters: {
            query?: {
                /** @description What becomes of the task when the time of `Prefer: wait` is over; default keep */
                onTimeout?: "keep" | "delete";
            };
            header?: {
                /** @description Kept 24 hours: the same key and body give the same answer, another body 422 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                /** @description `wait=N`: wait up to N seconds (at most 300) for the end */
                Prefer?: components["parameters"]["Prefer"];
                /** @description Comes back in the answer and in the audit */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path: {
                /** @description Identity of the device; in a path it is percent-encoded once more */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SetParametersInput"];
            };
        };
        responses: {
            /** @description Finished within the time of `Prefer: wait` */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TaskResult"];
                };
            };
            /** @description The task was added to the list of the device */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Task"];
                };
            };
            /** @description Not finished within the time of `Prefer: wait`; the task stays */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TaskAccepted"];
                };
            };
        };
    };
    getQueue: {
        parameters: {
            query?: {
                at?: string;
            };
            header?: {
                /** @description Comes back in the answer and in the audit */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path: {
                /** @description Identity of the device; in a path it is percent-encoded once more */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The ordered list */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Queue"];
                };
            };
        };
    };
    listSessions: {
        parameters: {
            query?: {
                /** @description The `next` of the page before; good for 24 hours */
                cursor?: string;
                from?: string;
                /** @description Items a page; default 100 */
                limit?: number;
                to?: string;
            };
            header?: {
                /** @description Comes back in the answer and in the audit */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path: {
                /** @description Identity of the device; in a path it is percent-encoded once more */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of sessions */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SessionList"];
                };
            };
        };
    };
    getSession: {
        parameters: {
            query?: never;
            header?: {
                /** @description Comes back in the answer and in the audit */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path: {
                /** @description Identity of the device; in a path it is percent-encoded once more */
                id: string;
                sid: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The session */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SessionDetails"];
                };
            };
        };
    };
    getDeviceState: {
        parameters: {
            query?: never;
            header?: {
                /** @description Comes back in the answer and in the audit */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path: {
                /** @description Identity of the device; in a path it is percent-encoded once more */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The state */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeviceState"];
                };
            };
        };
    };
    searchDevices: {
        parameters: {
            query?: never;
            header?: {
                /** @description Comes back in the answer and in the audit */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DeviceSearch"];
            };
        };
        responses: {
            /** @description A page of devices */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeviceList"];
                };
            };
        };
    };
    listEvents: {
        parameters: {
            query?: {
                after?: string;
                device?: string;
                /** @description Items a page; default 100 */
                limit?: number;
                /** @description Comma-separated; `execution.*` stands for all of an area */
                types?: string;
            };
            header?: {
                /** @description Comes back in the answer and in the audit */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Events in order */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EventList"];
                };
            };
        };
    };
    streamEvents: {
        parameters: {
            query?: {
                after?: string;
                device?: string;
                /** @description Comma-separated; `execution.*` stands for all of an area */
                types?: string;
            };
            header?: {
                /** @description Comes back in the answer and in the audit */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description CloudEvents, one a message */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/event-stream": string;
                };
            };
        };
    };
    listExecutions: {
        parameters: {
            query?: {
                /** @description The `next` of the page before; good for 24 hours */
                cursor?: string;
                device?: string;
                /** @description Leaves tasks of groups out; default false */
                directTasksOnly?: boolean;
                /** @description Items a page; default 100 */
                limit?: number;
                status?: string;
                task?: string;
                updatedSince?: string;
            };
            header?: {
                /** @description Comes back in the answer and in the audit */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of reports */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ExecutionList"];
                };
            };
        };
    };
    getExecution: {
        parameters: {
            query?: never;
            header?: {
                /** @description Comes back in the answer and in the audit */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path: {
                /** @description Execution id */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The report */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Execution"];
                };
            };
        };
    };
    getExecutionHistory: {
        parameters: {
            query?: {
                /** @description The `next` of the page before; good for 24 hours */
                cursor?: string;
                /** @description Items a page; default 100 */
                limit?: number;
            };
            header?: {
                /** @description Comes back in the answer and in the audit */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path: {
                /** @description Execution id */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of runs */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PastRunList"];
                };
            };
        };
    };
    getExecutionLog: {
        parameters: {
            query?: {
                /** @description Lines after this number */
                after?: number;
                /** @description This level and those above it */
                level?: components["schemas"]["LogLevel"];
                /** @description Items a page; default 100 */
                limit?: number;
                /** @description Default: the newest run */
                run?: number;
            };
            header?: {
                /** @description Comes back in the answer and in the audit */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path: {
                /** @description Execution id */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Lines in order */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LogLineList"];
                };
            };
        };
    };
    healthLive: {
        parameters: {
            query?: never;
            header?: {
                /** @description Comes back in the answer and in the audit */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It does */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Health"];
                };
            };
        };
    };
    healthReady: {
        parameters: {
            query?: never;
            header?: {
                /** @description Comes back in the answer and in the audit */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description All do */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Health"];
                };
            };
        };
    };
    getMe: {
        parameters: {
            query?: never;
            header?: {
                /** @description Comes back in the answer and in the audit */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The caller */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Me"];
                };
            };
        };
    };
    patchMe: {
        parameters: {
            query?: never;
            header?: {
                /** @description Comes back in the answer and in the audit */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["MePatch"];
            };
        };
        responses: {
            /** @description The caller */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Me"];
                };
            };
        };
    };
    changePassword: {
        parameters: {
            query?: never;
            header?: {
                /** @description Kept 24 hours: the same key and body give the same answer, another body 422 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                /** @description Comes back in the answer and in the audit */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PasswordChange"];
            };
        };
        responses: {
            /** @description Done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    listMeanings: {
        parameters: {
            query?: never;
            header?: {
                /** @description Comes back in the answer and in the audit */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description All meanings */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MeaningList"];
                };
            };
        };
    };
    getOpenApi: {
        parameters: {
            query?: never;
            header?: {
                /** @description Comes back in the answer and in the audit */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OpenAPI 3.1 */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        [key: string]: unknown;
                    };
                };
            };
        };
    };
    listResources: {
        parameters: {
            query?: {
                category?: components["schemas"]["ResourceCategory"];
                count?: boolean;
                /** @description The `next` of the page before; good for 24 hours */
                cursor?: string;
                device?: string;
                /** @description Items a page; default 100 */
                limit?: number;
                /** @description Files that fit this model */
                model?: string;
                /** @description Part of name, file name, version or description */
                q?: string;
            };
            header?: {
                /** @description Comes back in the answer and in the audit */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of files */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ResourceList"];
                };
            };
        };
    };
    createResource: {
        parameters: {
            query?: never;
            header?: {
                /** @description Kept 24 hours: the same key and body give the same answer, another body 422 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                /** @description Comes back in the answer and in the audit */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "multipart/form-data": {
                    category: components["schemas"]["ResourceCategory"];
                    contentType?: string;
                    description?: string;
                    device?: string;
                    domain?: string;
                    /** @description The bytes */
                    file: string;
                    fileName?: string;
                    fileType?: string;
                    models?: string[];
                    name?: string;
                    version?: string;
                };
            };
        };
        responses: {
            /** @description The file */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Resource"];
                };
            };
        };
    };
    getResource: {
        parameters: {
            query?: never;
            header?: {
                /** @description ETag of the version at hand; 304 when it is still the same */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
                /** @description Comes back in the answer and in the audit */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path: {
                /** @description Resource id */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The file */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Resource"];
                };
            };
        };
    };
    deleteResource: {
        parameters: {
            query?: never;
            header?: {
                /** @description ETag of the version that is to be changed; 412 when it is another one */
                "If-Match"?: components["parameters"]["IfMatch"];
                /** @description Comes back in the answer and in the audit */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path: {
                /** @description Resource id */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    patchResource: {
        parameters: {
            query?: never;
            header?: {
                /** @description ETag of the version that is to be changed; 412 when it is another one */
                "If-Match"?: components["parameters"]["IfMatch"];
                /** @description Comes back in the answer and in the audit */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path: {
                /** @description Resource id */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ResourcePatch"];
            };
        };
        responses: {
            /** @description The file */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Resource"];
                };
            };
        };
    };
    getResourceContent: {
        parameters: {
            query?: never;
            header?: {
                /** @description ETag of the version at hand; 304 when it is still the same */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
                /** @description Comes back in the answer and in the audit */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path: {
                /** @description Resource id */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The whole file */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/octet-stream": string;
                };
            };
            /** @description The range */
            206: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/octet-stream": string;
                };
            };
        };
    };
    getSystem: {
        parameters: {
            query?: never;
            header?: {
                /** @description Comes back in the answer and in the audit */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The system */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SystemInfo"];
                };
            };
        };
    };
    listJobs: {
        parameters: {
            query?: never;
            header?: {
                /** @description Comes back in the answer and in the audit */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description All jobs */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobList"];
                };
            };
        };
    };
    listTaskTypes: {
        parameters: {
            query?: never;
            header?: {
                /** @description Comes back in the answer and in the audit */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description All task types */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TaskTypeList"];
                };
            };
        };
    };
    listTasks: {
        parameters: {
            query?: {
                active?: boolean;
                automaticRestart?: boolean;
                /** @description Part of the comment */
                comment?: string;
                count?: boolean;
                createdAfter?: string;
                createdBefore?: string;
                /** @description The `next` of the page before; good for 24 hours */
                cursor?: string;
                device?: string;
                /** @description A domain, or one below it */
                domain?: string;
                /** @description Items a page; default 100 */
                limit?: number;
                /** @description Part of the name */
                name?: string;
                priority?: number;
                tag?: string;
                type?: string;
                user?: string;
            };
            header?: {
                /** @description Comes back in the answer and in the audit */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of tasks */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TaskList"];
                };
            };
        };
    };
    createTask: {
        parameters: {
            query?: {
                /** @description What becomes of the task when the time of `Prefer: wait` is over; default keep */
                onTimeout?: "keep" | "delete";
            };
            header?: {
                /** @description Kept 24 hours: the same key and body give the same answer, another body 422 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                /** @description `wait=N`: wait up to N seconds (at most 300) for the end */
                Prefer?: components["parameters"]["Prefer"];
                /** @description Comes back in the answer and in the audit */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TaskInput"];
            };
        };
        responses: {
            /** @description Finished within the time of `Prefer: wait` */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TaskResult"];
                };
            };
            /** @description The task was added to the list of the device */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Task"];
                };
            };
            /** @description Not finished within the time of `Prefer: wait`; the task stays */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TaskAccepted"];
                };
            };
        };
    };
    getTask: {
        parameters: {
            query?: never;
            header?: {
                /** @description ETag of the version at hand; 304 when it is still the same */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
                /** @description Comes back in the answer and in the audit */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path: {
                /** @description Task id */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The task */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Task"];
                };
            };
        };
    };
    putTask: {
        parameters: {
            query?: never;
            header?: {
                /** @description ETag of the version that is to be changed; 412 when it is another one */
                "If-Match"?: components["parameters"]["IfMatch"];
                /** @description Comes back in the answer and in the audit */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path: {
                /** @description Task id */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TaskReplace"];
            };
        };
        responses: {
            /** @description The task */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Task"];
                };
            };
        };
    };
    deleteTask: {
        parameters: {
            query?: never;
            header?: {
                /** @description ETag of the version that is to be changed; 412 when it is another one */
                "If-Match"?: components["parameters"]["IfMatch"];
                /** @description Comes back in the answer and in the audit */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path: {
                /** @description Task id */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    patchTask: {
        parameters: {
            query?: never;
            header?: {
                /** @description ETag of the version that is to be changed; 412 when it is another one */
                "If-Match"?: components["parameters"]["IfMatch"];
                /** @description Comes back in the answer and in the audit */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path: {
                /** @description Task id */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TaskPatch"];
            };
        };
        responses: {
            /** @description The task */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Task"];
                };
            };
        };
    };
    copyTask: {
        parameters: {
            query?: never;
            header?: {
                /** @description Kept 24 hours: the same key and body give the same answer, another body 422 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                /** @description Comes back in the answer and in the audit */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path: {
                /** @description Task id */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["TaskCopy"];
            };
        };
        responses: {
            /** @description The copy */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Task"];
                };
            };
        };
    };
    getEditionLog: {
        parameters: {
            query?: {
                /** @description The `next` of the page before; good for 24 hours */
                cursor?: string;
                /** @description Items a page; default 100 */
                limit?: number;
            };
            header?: {
                /** @description Comes back in the answer and in the audit */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path: {
                /** @description Task id */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of changes */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EditionList"];
                };
            };
        };
    };
    restartTask: {
        parameters: {
            query?: never;
            header?: {
                /** @description Kept 24 hours: the same key and body give the same answer, another body 422 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                /** @description `wait=N`: wait up to N seconds (at most 300) for the end */
                Prefer?: components["parameters"]["Prefer"];
                /** @description Comes back in the answer and in the audit */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path: {
                /** @description Task id */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["TaskRestart"];
            };
        };
        responses: {
            /** @description Finished within the time of `Prefer: wait` */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TaskResult"];
                };
            };
            /** @description Not finished within the time of `Prefer: wait`; the task stays */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TaskAccepted"];
                };
            };
            /** @description Done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    getTaskStatistics: {
        parameters: {
            query?: never;
            header?: {
                /** @description Comes back in the answer and in the audit */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The numbers */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TaskStatistics"];
                };
            };
        };
    };
    listUsers: {
        parameters: {
            query?: {
                active?: boolean;
                count?: boolean;
                /** @description The `next` of the page before; good for 24 hours */
                cursor?: string;
                domain?: string;
                /** @description Items a page; default 100 */
                limit?: number;
                /** @description Part of the log-in or of the full name */
                name?: string;
            };
            header?: {
                /** @description Comes back in the answer and in the audit */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of users, by log-in */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UserList"];
                };
            };
        };
    };
    createUser: {
        parameters: {
            query?: never;
            header?: {
                /** @description Kept 24 hours: the same key and body give the same answer, another body 422 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                /** @description Comes back in the answer and in the audit */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["UserInput"];
            };
        };
        responses: {
            /** @description The user, and the password that was made */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UserCreated"];
                };
            };
        };
    };
    getUser: {
        parameters: {
            query?: never;
            header?: {
                /** @description ETag of the version at hand; 304 when it is still the same */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
                /** @description Comes back in the answer and in the audit */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path: {
                login: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The user */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["User"];
                };
            };
        };
    };
    deleteUser: {
        parameters: {
            query?: never;
            header?: {
                /** @description ETag of the version that is to be changed; 412 when it is another one */
                "If-Match"?: components["parameters"]["IfMatch"];
                /** @description Comes back in the answer and in the audit */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path: {
                login: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    patchUser: {
        parameters: {
            query?: never;
            header?: {
                /** @description ETag of the version that is to be changed; 412 when it is another one */
                "If-Match"?: components["parameters"]["IfMatch"];
                /** @description Comes back in the answer and in the audit */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path: {
                login: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["UserPatch"];
            };
        };
        responses: {
            /** @description The user */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["User"];
                };
            };
        };
    };
    listTokens: {
        parameters: {
            query?: {
                /** @description The `next` of the page before; good for 24 hours */
                cursor?: string;
                /** @description Items a page; default 100 */
                limit?: number;
            };
            header?: {
                /** @description Comes back in the answer and in the audit */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path: {
                login: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of tokens, newest first */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TokenList"];
                };
            };
        };
    };
    createToken: {
        parameters: {
            query?: never;
            header?: {
                /** @description Kept 24 hours: the same key and body give the same answer, another body 422 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                /** @description Comes back in the answer and in the audit */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path: {
                login: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TokenInput"];
            };
        };
        responses: {
            /** @description The token */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TokenCreated"];
                };
            };
        };
    };
    deleteToken: {
        parameters: {
            query?: never;
            header?: {
                /** @description Comes back in the answer and in the audit */
                "X-Request-Id"?: components["parameters"]["RequestId"];
            };
            path: {
                id: string;
                login: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
}
