"""What the bot must be allowed to do in Slack, and why; `manifest.yaml` asks for the same, held so by a test."""

#: Scope of the bot token -> what it is for.
BOT_SCOPES = {
    "app_mentions:read": "be asked by @mention in a channel",
    "assistant:write": "answer in Slack's assistant, with prompts, status and title",
    "channels:history": "see follow-ups, edits and deletions in public channels it is in",
    "chat:write": "answer",
    "chat:write.public": "share an answer to a public channel it is not in",
    "commands": "the /minutes command and the message shortcut",
    "groups:history": "the same in private channels it is in",
    "im:history": "be asked in a direct message",
    "mpim:history": "the same in group messages it is in",
}

#: Scope of the app token, which Socket Mode needs.
APP_SCOPE = "connections:write"
